namespace MicroFirmware.Protocol
{
    /// <summary>
    /// How a payer buys one page with its balance: who pays, a counter that only grows, the highest price it agrees to,
    /// and a code over these and over what is bought.
    /// <code>
    /// Authorization: Micro PAYER:COUNTER:MOST:MAC      hexadecimal digits: 16 of counter and most msat, 64 of mac
    /// mac = HMAC-SHA256(key, "pay" 00 payer 00 counter (8) most msat (8) payee 00 method 00 target)
    /// integers least significant octet first; payee, method and target in ASCII, the target as the request line has it
    /// </code>
    /// </summary>
    public sealed class PaymentCredential
    {
        /// <summary>The gateway's owner as a payer; no device can be called so.</summary>
        public const string Owner = "@owner";

        private const int NumberDigits = 16;
        private const int MacDigits = 2 * Limits.MacLength;
        private const int TailLength = 1 + NumberDigits + 1 + NumberDigits + 1 + MacDigits;

        private readonly byte[] _mac;

        private PaymentCredential(string payer, ulong counter, ulong mostMsat, byte[] mac)
        {
            _mac = mac;
            Payer = payer;
            Counter = counter;
            MostMsat = mostMsat;
        }

        /// <summary>A device's id, or <see cref="Owner"/>.</summary>
        public string Payer { get; }

        /// <summary>The counter; payments have one of their own.</summary>
        public ulong Counter { get; }

        /// <summary>The highest price that the payer agrees to, in thousandths of a satoshi.</summary>
        public ulong MostMsat { get; }

        /// <summary>Signs a payment.</summary>
        /// <param name="payer">A device's id, or <see cref="Owner"/>.</param>
        /// <param name="counter">Greater than every one before.</param>
        /// <param name="mostMsat">The highest price that the payer agrees to.</param>
        /// <param name="payee">The account that is paid, as the challenge names it.</param>
        /// <param name="method">The method of the request, such as <c>GET</c>.</param>
        /// <param name="target">The target of the request, such as <c>/articles/1?page=2</c>.</param>
        /// <param name="key">The payer's key.</param>
        public static PaymentCredential Create(
            string payer, ulong counter, ulong mostMsat, string payee, string method, string target, byte[] key)
        {
            byte[] mac = Sign(payer, counter, mostMsat, payee, method, target, key);
            return new PaymentCredential(payer, counter, mostMsat, mac);
        }

        /// <summary>Reads the value of an HTTP <c>Authorization</c> field. What it claims is not yet proven.</summary>
        /// <returns>False, and null, when it is not exactly of the form above.</returns>
        public static bool TryParse(string value, out PaymentCredential credential)
        {
            credential = null;
            int start = Credential.Scheme.Length + 1;
            if (value == null || value.Length <= start + TailLength
                || value.Substring(0, start) != Credential.Scheme + " ")
            {
                return false;
            }

            int colon = value.Length - TailLength;
            int atMost = colon + 1 + NumberDigits + 1;
            int atMac = atMost + NumberDigits + 1;
            string payer = value.Substring(start, colon - start);
            ulong counter;
            ulong mostMsat;
            byte[] mac;
            if ((payer != Owner && !DeviceId.IsValid(payer))
                || value[colon] != ':' || value[atMost - 1] != ':' || value[atMac - 1] != ':'
                || !Hex.TryDecode(value, colon + 1, out counter)
                || !Hex.TryDecode(value, atMost, out mostMsat)
                || !Hex.TryDecode(value, atMac, Limits.MacLength, out mac))
            {
                return false;
            }

            credential = new PaymentCredential(payer, counter, mostMsat, mac);
            return true;
        }

        /// <summary>Whether it was made with this key for this page. The time this takes says nothing about the code.
        /// </summary>
        public bool IsSignedWith(byte[] key, string payee, string method, string target)
        {
            byte[] expected = Sign(Payer, Counter, MostMsat, payee, method, target, key);
            return Mac.AreEqual(expected, 0, _mac, 0, Limits.MacLength);
        }

        /// <summary>The value of the HTTP header field.</summary>
        public string ToHttp()
        {
            return Credential.Scheme + " " + Payer + ":" + Hex.Encode(Counter) + ":" + Hex.Encode(MostMsat) + ":"
                + Hex.Encode(_mac, 0, _mac.Length);
        }

        private static byte[] Sign(
            string payer, ulong counter, ulong mostMsat, string payee, string method, string target, byte[] key)
        {
            byte[] octets = new byte[16 + payee.Length + 1 + method.Length + 1 + target.Length];
            LittleEndian.WriteUInt64(octets, 0, counter);
            LittleEndian.WriteUInt64(octets, 8, mostMsat);
            int at = Ascii.Write(octets, 16, payee) + 1;
            at = Ascii.Write(octets, at, method) + 1;
            Ascii.Write(octets, at, target);
            return Mac.Compute(key, Mac.Pay, payer, octets, 0, octets.Length);
        }
    }
}
