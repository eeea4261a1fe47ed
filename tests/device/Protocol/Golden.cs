namespace MicroFirmware.DeviceTests
{
    /// <summary>
    /// Records of device <c>board-1</c> whose key is the octets 0 to 31, made apart from this project's code with the
    /// struct, hmac and hashlib modules of Python after PROTOCOL.md.
    /// </summary>
    internal static class Golden
    {
        internal const string Device = "board-1";

        /// <summary>Third start, seventh request.</summary>
        internal const ulong Counter = 0x300000007;

        internal const ulong JobId = 0x1122334455667788;

        internal const string WorkMac = "a0ede75d0129c15b7ecdff147a44e7b37fde6ea1e029ce076be98bccb27e1e06";

        internal const string MqttMac = "6c17ded614b69f2704aa557d14e4215a01a8274c43773a144dd829160562dded";

        internal const string Share =
            "010000000400e020070000000300000088776655443322110500000001000068"
            + "efbeaddea886d2225987d04476c79f9c0cf591a6";

        internal const string WorkRecord =
            "4d46573101015a0088776655443322110500000050f80c000700000003000000"
            + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
            + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
            + "404142434445464748494a4b00010000ffffffff00e0ff1f3c00000000000068"
            + "00000000000000000000000000000000000000000000000000000000ffff0000"
            + "e58826d9ed692d2b9569e9eb4e803dc62f2769f5adc10c17497b8432e23b9c27";

        internal static byte[] Key()
        {
            byte[] key = new byte[32];
            for (int i = 0; i < key.Length; i++)
            {
                key[i] = (byte)i;
            }

            return key;
        }
    }
}
