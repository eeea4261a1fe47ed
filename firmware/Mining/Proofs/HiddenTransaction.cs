namespace MicroFirmware.Mining
{
    /// <summary>
    /// Whether the 64 octets of two hashes side by side read as a transaction (CVE-2017-12842). One of that length has
    /// one input and one output, and four octets of script between them:
    /// <code>
    /// version 4 | 1 | outpoint 36 | a | script a | sequence 4 | 1 | value 8 | b | script b | lock time 4   a + b = 4
    /// </code>
    /// </summary>
    internal static class HiddenTransaction
    {
        private const int AtInputs = 4;
        private const int AtScriptLength = 41;
        private const int ScriptOctets = 4;

        // From the first script's length to the number of outputs, and on to the second script's length.
        private const int SequenceLength = 4;
        private const int ValueLength = 8;

        internal static bool Reads(byte[] pair)
        {
            int script = pair[AtScriptLength];
            if (pair[AtInputs] != 1 || script > ScriptOctets)
            {
                return false;
            }

            int outputs = AtScriptLength + 1 + script + SequenceLength;
            return pair[outputs] == 1 && pair[outputs + 1 + ValueLength] == ScriptOctets - script;
        }
    }
}
