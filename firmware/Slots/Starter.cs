namespace MicroFirmware.Slots
{
    /// <summary>Decides at a board's start which image is loaded.</summary>
    public static class Starter
    {
        /// <summary>
        /// The image to load. A trial's start is counted on the drive before; one that has had its starts, or is
        /// damaged, is over. Where the active image is damaged the other one is used.
        /// </summary>
        /// <param name="drive">The drive.</param>
        /// <param name="slot">Its slot; <see cref="SlotState.None"/> with null.</param>
        /// <returns>Null when there is none.</returns>
        public static Image Choose(IBootDrive drive, out int slot)
        {
            SlotState state = new SlotState(drive.Read(SlotState.FirstFile), drive.Read(SlotState.SecondFile));
            if (state.Trial != SlotState.None)
            {
                byte[] octets = drive.ReadImage(state.Trial);
                Image trial = Image.Open(octets);
                if (trial != null && state.CountStart() && Write(drive, state))
                {
                    slot = state.Trial;
                    return trial;
                }

                state.Fail(Image.ReleaseOf(octets));
                Write(drive, state);
            }

            for (int i = 0; i < 2; i++)
            {
                Image active = Image.Open(drive.ReadImage(state.Active));
                if (active != null)
                {
                    slot = state.Active;
                    return active;
                }

                state.Swap();
                Write(drive, state);
            }

            slot = SlotState.None;
            return null;
        }

        private static bool Write(IBootDrive drive, SlotState state)
        {
            bool isWritten = drive.Write(state.NextFile, state.ToOctets());
            if (isWritten)
            {
                state.Written();
            }

            return isWritten;
        }
    }
}
