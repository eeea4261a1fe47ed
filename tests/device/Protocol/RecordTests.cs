using MicroFirmware.Protocol;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>The wire's records, octet by octet: the chip reads, writes and signs what the gateway does.</summary>
    [TestClass]
    public class RecordTests
    {
        [TestMethod]
        public void Share_written_isTheGoldenRecord()
        {
            ShareRecord share = new ShareRecord
            {
                HeaderVersion = 0x20e00004,
                Sequence = Golden.Counter,
                JobId = Golden.JobId,
                Lane = 5,
                NTime = 0x68000001,
                Nonce = 0xdeadbeef,
            };
            byte[] record = new byte[ShareRecord.Length];

            share.Write(record, 0, Golden.Key(), Golden.Device);

            Assert.AreEqual(Golden.Share, Hex.Encode(record, 0, record.Length));
        }

        [TestMethod]
        public void Share_golden_isReadAndAuthentic()
        {
            byte[] record = Octets(Golden.Share);

            ParseStatus status = ShareRecord.Parse(record, 0, record.Length, out ShareRecord share);

            Assert.IsTrue(status == ParseStatus.Done);
            Assert.AreEqual(0xdeadbeef, share.Nonce);
            Assert.AreEqual(Golden.Counter, share.Sequence);
            Assert.IsTrue(ShareRecord.IsAuthentic(record, 0, Golden.Key(), Golden.Device));
            Assert.IsFalse(ShareRecord.IsAuthentic(record, 0, Golden.Key(), "board-2"));
        }

        [TestMethod]
        public void WorkRecord_golden_isReadAndAuthentic()
        {
            byte[] record = Octets(Golden.WorkRecord);

            ParseStatus status = WorkRecord.Parse(record, 0, record.Length, out WorkRecord work);

            Assert.IsTrue(status == ParseStatus.Done);
            Assert.IsTrue(work.CleanJobs);
            Assert.AreEqual(90, (int)work.ValiditySeconds);
            Assert.AreEqual(Golden.JobId, work.JobId);
            Assert.AreEqual(850000u, work.Height);
            Assert.AreEqual(75, (int)work.Header[75]);
            Assert.AreEqual(0x100u, work.FirstNonce);
            Assert.AreEqual(uint.MaxValue, work.LastNonce);
            Assert.AreEqual(0x1fffe000u, work.VersionMask);
            Assert.IsTrue(WorkRecord.IsAuthentic(record, 0, Golden.Key(), Golden.Device));
        }

        [TestMethod]
        public void WorkRecord_readAndWritten_isTheSame()
        {
            byte[] record = Octets(Golden.WorkRecord);
            WorkRecord.Parse(record, 0, record.Length, out WorkRecord work);
            byte[] written = new byte[WorkRecord.Length];

            work.Write(written, 0, Golden.Key(), Golden.Device);

            Assert.AreEqual(Golden.WorkRecord, Hex.Encode(written, 0, written.Length));
        }

        [TestMethod]
        public void WorkRecord_truncatedAnywhere_needsMore()
        {
            byte[] record = Octets(Golden.WorkRecord);

            for (int count = 0; count < record.Length; count++)
            {
                ParseStatus status = WorkRecord.Parse(record, 0, count, out WorkRecord work);
                Assert.IsTrue(status == ParseStatus.NeedMore);
                Assert.IsNull(work);
            }
        }

        [TestMethod]
        public void WorkRecord_withAnyOctetForged_isNotAuthentic()
        {
            byte[] record = Octets(Golden.WorkRecord);
            byte[] key = Golden.Key();

            for (int i = 0; i < record.Length; i += 7)
            {
                record[i] ^= 1;
                Assert.IsFalse(WorkRecord.IsAuthentic(record, 0, key, Golden.Device));
                record[i] ^= 1;
            }
        }

        private static byte[] Octets(string hex)
        {
            Assert.IsTrue(Hex.TryDecode(hex, 0, hex.Length / 2, out byte[] octets));
            return octets;
        }
    }
}
