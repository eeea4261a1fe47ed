using MicroFirmware.Mining;
using MicroFirmware.Protocol;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>The first payment there ever was, in block 170, as the chip checks it while it mines.</summary>
    [TestClass]
    public class ProofTests
    {
        private const int StepsMax = 2000;
        private const string Transaction = "169e1e83e930853391bc6f35f605c6754cfead57cf8387639d3b4096c54f18f4";
        private const string Coinbase = "82501c1178fa0b222c1f3d474ec726b832013f0a532b44bb620cce8624a5feb1";
        private const string Header =
            "0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000"
            + "ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70";

        private const string Trace = "11b298462a8cce8d56217b9fabc26513af84310a2420da0b870b95b7562cac7d";

        [TestMethod]
        public void Proof_ofAPayment_isValidAndTheFindingIsSigned()
        {
            byte[] task = Task(1);

            byte[] octets = Check(task);

            Assert.IsTrue(ProofFinding.Parse(octets, 0, octets.Length, out ProofFinding finding) == ParseStatus.Done);
            Assert.IsTrue(finding.Code == FindingCode.Valid);
            Assert.AreEqual(Golden.JobId, finding.Id);
            Assert.AreEqual(Trace, Hex.Encode(finding.Trace, 0, finding.Trace.Length));
            Assert.IsTrue(ProofFinding.IsAuthentic(octets, task, Golden.Key(), Golden.Device));
        }

        [TestMethod]
        public void Proof_ofAnotherPlace_isNotInTheBlock()
        {
            byte[] octets = Check(Task(0));

            ProofFinding.Parse(octets, 0, octets.Length, out ProofFinding finding);

            Assert.IsTrue(finding.Code == FindingCode.NotInBlock);
        }

        [TestMethod]
        public void ProofTask_truncatedAnywhere_needsMore()
        {
            byte[] task = Task(1);

            for (int count = 0; count < task.Length; count++)
            {
                Assert.IsTrue(ProofTask.Parse(task, 0, count, out ProofTask none) == ParseStatus.NeedMore);
            }
        }

        private static byte[] Check(byte[] task)
        {
            SmallWorld world = new SmallWorld { Proof = task };
            Miner miner = world.CreateMiner();
            for (int i = 0; i < StepsMax && world.Finding == null; i++)
            {
                world.Now += 1 + miner.Step(world.Now);
            }

            Assert.IsTrue(world.Finding != null);
            return world.Finding;
        }

        private static byte[] Task(uint place)
        {
            Hex.TryDecode(Transaction + Coinbase + Header, 0, 144, out byte[] body);
            ProofTask task = new ProofTask
            {
                HasTransaction = true,
                Levels = 1,
                Headers = 1,
                Seconds = 20,
                Id = Golden.JobId,
                Place = place,
                LimitBits = 0x1d00ffff,
                Body = body,
            };
            byte[] record = new byte[task.RecordLength];
            task.Write(record, 0, Golden.Key(), Golden.Device);
            return record;
        }
    }
}
