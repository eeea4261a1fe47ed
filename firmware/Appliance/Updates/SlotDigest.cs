using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>SHA-256 of what a slot holds, read back a little at a time.</summary>
    internal sealed class SlotDigest
    {
        private const int OctetsPerStep = 512;

        private readonly IImageStore _images;
        private readonly int _slot;
        private readonly int _length;
        private readonly byte[] _buffer = new byte[OctetsPerStep];
        private readonly Sha256 _sha = new Sha256();
        private readonly uint[] _state = Sha256.NewState();
        private int _at;

        internal SlotDigest(IImageStore images, int slot, int length)
        {
            _images = images;
            _slot = slot;
            _length = length;
        }

        /// <summary>With Done: the digest.</summary>
        internal byte[] Digest { get; private set; }

        /// <summary>Reads and hashes a little. Invalid when the slot holds less or more.</summary>
        internal ParseStatus Step()
        {
            int count = _images.Read(_slot, _at, _buffer);
            if (count > _length - _at || (count < OctetsPerStep && count != _length - _at))
            {
                return ParseStatus.Invalid;
            }

            int whole = count - (count % Sha256.BlockLength);
            for (int at = 0; at < whole; at += Sha256.BlockLength)
            {
                _sha.Compress(_state, _buffer, at);
            }

            _at += count;
            if (count == OctetsPerStep)
            {
                return ParseStatus.NeedMore;
            }

            Digest = _sha.End(_state, _buffer, whole, count - whole, _length);
            return ParseStatus.Done;
        }
    }
}
