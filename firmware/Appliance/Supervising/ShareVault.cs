using MicroFirmware.Mining;
using MicroFirmware.Protocol;
using MicroFirmware.Slots;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// Shares that wait, each gateway's apart; on the drive while the board restarts.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | magic "MFQ1"                      |
    ///  4 +--------+--------+--------+--------+
    ///    | number of shares n                |
    ///  8 +--------+--------+--------+--------+
    ///    | n times: tag of the gateway, 4    |   CRC-32 of host:port
    ///    |          share record, 52         |
    /// 8+56n ----+--------+--------+--------+
    ///    | CRC-32 of all before              |
    ///    +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    internal sealed class ShareVault
    {
        internal const string FileName = "shares";

        private const uint Magic = 0x3151464d;
        private const int AtShares = 8;
        private const int TagLength = 4;
        private const int EntryLength = TagLength + ShareRecord.Length;

        private readonly ISettingsStore _store;
        private readonly ShareQueue[] _queues;
        private readonly uint[] _tags;
        private bool _isOnDrive;

        /// <summary>Opens the queues, with what an earlier start has left.</summary>
        internal ShareVault(ISettingsStore store, GatewayAddress[] gateways)
        {
            _store = store;
            _queues = new ShareQueue[gateways.Length];
            _tags = new uint[gateways.Length];
            for (int i = 0; i < gateways.Length; i++)
            {
                byte[] name = Octets.OfText(gateways[i].Host + ":" + gateways[i].MqttPort.ToString());
                _tags[i] = Crc32.Of(name, name.Length);
                _queues[i] = new ShareQueue();
            }

            Load();
        }

        /// <summary>Shares that wait, for all gateways.</summary>
        internal int Count
        {
            get
            {
                int count = 0;
                foreach (ShareQueue queue in _queues)
                {
                    count += queue.Count;
                }

                return count;
            }
        }

        /// <summary>The queue of a gateway.</summary>
        internal ShareQueue Of(int gateway)
        {
            return _queues[gateway];
        }

        /// <summary>Writes down what waits, before a restart.</summary>
        internal bool Save()
        {
            int count = Count;
            if (count == 0)
            {
                return true;
            }

            byte[] content = new byte[AtShares + (count * EntryLength) + 4];
            LittleEndian.WriteUInt32(content, 0, Magic);
            LittleEndian.WriteUInt32(content, 4, (uint)count);
            int at = AtShares;
            for (int gateway = 0; gateway < _queues.Length; gateway++)
            {
                for (int i = 0; i < _queues[gateway].Count; i++)
                {
                    LittleEndian.WriteUInt32(content, at, _tags[gateway]);
                    System.Array.Copy(_queues[gateway].At(i).Record, 0, content, at + TagLength, ShareRecord.Length);
                    at += EntryLength;
                }
            }

            LittleEndian.WriteUInt32(content, at, Crc32.Of(content, at));
            return _store.Write(FileName, content);
        }

        /// <summary>Forgets the file once nothing waits any more; a share sent twice would be harmless.</summary>
        internal void Step()
        {
            if (_isOnDrive && Count == 0)
            {
                _isOnDrive = !_store.Write(FileName, new byte[0]);
            }
        }

        private void Load()
        {
            byte[] content = _store.Read(FileName);
            if (content == null || content.Length < AtShares + 4)
            {
                return;
            }

            int end = content.Length - 4;
            uint count = LittleEndian.ReadUInt32(content, 4);
            _isOnDrive = true;
            if (LittleEndian.ReadUInt32(content, 0) != Magic || end != AtShares + (int)(count * EntryLength)
                || LittleEndian.ReadUInt32(content, end) != Crc32.Of(content, end))
            {
                return;
            }

            for (int at = AtShares; at < end; at += EntryLength)
            {
                byte[] record = new byte[ShareRecord.Length];
                System.Array.Copy(content, at + TagLength, record, 0, ShareRecord.Length);
                _queues[IndexOf(LittleEndian.ReadUInt32(content, at))].Add(record);
            }
        }

        // A gateway that was taken out of the settings does not take shares any more; the first may know them.
        private int IndexOf(uint tag)
        {
            for (int i = 0; i < _tags.Length; i++)
            {
                if (_tags[i] == tag)
                {
                    return i;
                }
            }

            return 0;
        }
    }
}
