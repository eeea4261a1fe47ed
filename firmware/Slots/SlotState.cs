namespace MicroFirmware.Slots
{
    /// <summary>
    /// Which of the two slots is started: the active one, or one on trial, which has three starts to prove itself.
    /// Kept in two files that are written in turn.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | magic "MFB1"                      |
    ///  4 +--------+--------+--------+--------+
    ///    | generation: the greater is newer  |
    ///  8 +--------+--------+--------+--------+
    ///    | active | trial  | starts | 0      |   slot 0 or 1; ff = none. starts: of the trial
    /// 12 +--------+--------+--------+--------+
    ///    | release that failed its trial     |   0 = none
    /// 16 +--------+--------+--------+--------+
    ///    | CRC-32 of octets 0..15            |
    /// 20 +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    public sealed class SlotState
    {
        /// <summary>No slot.</summary>
        public const int None = -1;

        /// <summary>Starts that a trial has.</summary>
        public const int TrialStarts = 3;

        /// <summary>The first of the two files.</summary>
        public const string FirstFile = "boot-a";

        /// <summary>The second.</summary>
        public const string SecondFile = "boot-b";

        private const int Length = 20;
        private const uint Magic = 0x3142464d;
        private const int AtGeneration = 4;
        private const int AtActive = 8;
        private const int AtTrial = 9;
        private const int AtStarts = 10;
        private const int AtFailed = 12;
        private const int AtCrc = 16;
        private const byte NoSlot = 0xff;

        private uint _generation;
        private int _starts;

        /// <summary>Reads the state.</summary>
        /// <param name="first">What <see cref="FirstFile"/> holds, or null.</param>
        /// <param name="second">What <see cref="SecondFile"/> holds, or null.</param>
        public SlotState(byte[] first, byte[] second)
        {
            Read(first);
            Read(second);
        }

        /// <summary>The slot that is started; slot 0 where nothing was ever stored.</summary>
        public int Active { get; private set; }

        /// <summary>The slot on trial, or <see cref="None"/>.</summary>
        public int Trial { get; private set; } = None;

        /// <summary>The release that last failed its trial; 0 for none.</summary>
        public uint FailedRelease { get; private set; }

        /// <summary>The slot that does not run: an update may be written there.</summary>
        public int Spare
        {
            get { return 1 - Active; }
        }

        /// <summary>The file that has to be written next.</summary>
        public string NextFile
        {
            get { return (_generation & 1) != 0 ? FirstFile : SecondFile; }
        }

        /// <summary>What has to be written there.</summary>
        public byte[] ToOctets()
        {
            byte[] octets = new byte[Length];
            Image.Write(octets, 0, Magic);
            Image.Write(octets, AtGeneration, _generation + 1);
            octets[AtActive] = (byte)Active;
            octets[AtTrial] = Trial == None ? NoSlot : (byte)Trial;
            octets[AtStarts] = (byte)_starts;
            Image.Write(octets, AtFailed, FailedRelease);
            Image.Write(octets, AtCrc, Crc32.Of(octets, AtCrc));
            return octets;
        }

        /// <summary>It has been written.</summary>
        public void Written()
        {
            _generation++;
        }

        /// <summary>Whether the trial has another start; it is counted, and has to be written before it is used.
        /// </summary>
        public bool CountStart()
        {
            _starts++;
            return _starts <= TrialStarts;
        }

        /// <summary>The trial is over: it was not good.</summary>
        /// <param name="release">Its release; 0 when that is not known.</param>
        public void Fail(uint release)
        {
            Trial = None;
            _starts = 0;
            FailedRelease = release == 0 ? FailedRelease : release;
        }

        /// <summary>The active slot's image is damaged: the other one from now on.</summary>
        public void Swap()
        {
            Active = Spare;
        }

        /// <summary>A new image lies in the spare slot.</summary>
        public void Offer()
        {
            Trial = Spare;
            _starts = 0;
        }

        /// <summary>The trial is over: it was good.</summary>
        public void Confirm()
        {
            Active = Trial;
            Trial = None;
            _starts = 0;
        }

        private void Read(byte[] octets)
        {
            if (octets == null || octets.Length != Length || Image.Word(octets, 0) != Magic
                || Image.Word(octets, AtCrc) != Crc32.Of(octets, AtCrc)
                || Image.Word(octets, AtGeneration) <= _generation)
            {
                return;
            }

            _generation = Image.Word(octets, AtGeneration);
            Active = octets[AtActive] & 1;
            Trial = octets[AtTrial] == NoSlot ? None : octets[AtTrial] & 1;
            _starts = octets[AtStarts];
            FailedRelease = Image.Word(octets, AtFailed);
        }
    }
}
