using MicroFirmware.Mining;
using MicroFirmware.Protocol;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>Hashing on known answers: FIPS 180-4's example, and blocks of Bitcoin's main chain.</summary>
    [TestClass]
    public class HashingTests
    {
        /// <summary>Block 125552, without its nonce.</summary>
        private const string Header =
            "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000"
            + "e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122b"
            + "c7f5d74df2b9441a";

        private const string Hash = "1dbd981fe6985776b644b173a4d0385ddc1aa2a829688d1e0000000000000000";
        private const uint Nonce = 2504433986;

        [TestMethod]
        public void Sha256_ofAbc_isThePublishedDigest()
        {
            byte[] digest = new Sha256().Hash(Ascii.GetBytes("abc"), 0, 3);

            Assert.AreEqual(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Hex.Encode(digest, 0, 32));
        }

        [TestMethod]
        public void Header_ofAKnownBlock_hasItsHash()
        {
            byte[] hash = BlockHeader.Hash(new Sha256(), Octets(Header), Nonce);

            Assert.AreEqual(Hash, Hex.Encode(hash, 0, 32));
        }

        [TestMethod]
        public void Target_ofAKnownBlock_isMetByItsHashAlone()
        {
            byte[] target = Target.FromCompact(0x1a44b9f2);
            byte[] hash = Octets(Hash);

            Assert.IsTrue(Target.IsMet(hash, target));
            hash[31] = 1;
            Assert.IsFalse(Target.IsMet(hash, target));
        }

        [TestMethod]
        public void Work_ofDifficultyOne_isItsNumberOfHashes()
        {
            Assert.AreEqual(Work.OfDifficultyOne, Work.OfTarget(Target.FromCompact(0x1d00ffff)));
        }

        [TestMethod]
        public void Scanners_aroundAKnownNonce_findIt()
        {
            Assert.AreEqual(Nonce, Find(new ReferenceScanner()));
            Assert.AreEqual(Nonce, Find(new UnrolledScanner()));
        }

        [TestMethod]
        public void Scanners_withAnEasyThreshold_findEveryCandidate()
        {
            // Hashes of nonces 0 to 1023 whose top octet is 0, by the hashlib module of Python.
            const string Known = " 168 383 878 968.";

            Assert.AreEqual(Known, Candidates(new ReferenceScanner()));
            Assert.AreEqual(Known, Candidates(new UnrolledScanner()));
        }

        private static uint Find(INonceScanner scanner)
        {
            ScanProgress progress = new ScanProgress();
            scanner.Start(Octets(Header), Nonce - 8, Nonce + 8, 0);

            for (int polls = 0; polls < 8; polls++)
            {
                if (scanner.Poll(64, progress) == ScanStatus.Candidate)
                {
                    return progress.Nonce;
                }
            }

            return 0;
        }

        private static string Candidates(INonceScanner scanner)
        {
            string found = "";
            ScanProgress progress = new ScanProgress();
            scanner.Start(Octets(Header), 0, 1023, 0x00ffffff);
            for (int polls = 0; polls < 2048; polls++)
            {
                ScanStatus status = scanner.Poll(16, progress);
                if (status == ScanStatus.Finished)
                {
                    return found + ".";
                }

                found += status == ScanStatus.Candidate ? " " + progress.Nonce.ToString() : "";
            }

            return found;
        }

        private static byte[] Octets(string hex)
        {
            Assert.IsTrue(Hex.TryDecode(hex, 0, hex.Length / 2, out byte[] octets));
            return octets;
        }
    }
}
