using MicroFirmware.Mining;
using MicroFirmware.Protocol;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>The miner from its first step to its first share, as it will run on this very chip.</summary>
    [TestClass]
    public class MinerTests
    {
        private const int StepsMax = 20000;

        [TestMethod]
        public void Miner_withEasyWork_publishesAShareThatMeetsTheTarget()
        {
            SmallWorld world = new SmallWorld();
            Miner miner = world.CreateMiner();

            world.Run(miner, StepsMax);

            Assert.IsTrue(world.Shares.Count == 1);
            byte[] record = (byte[])world.Shares[0];
            Assert.IsTrue(ShareRecord.IsAuthentic(record, 0, Golden.Key(), Golden.Device));
            Assert.IsTrue(ShareRecord.Parse(record, 0, record.Length, out ShareRecord share) == ParseStatus.Done);
            Assert.AreEqual(Golden.JobId, share.JobId);
            Assert.AreEqual(5u, share.Lane);
            byte[] hash = BlockHeader.Hash(new Sha256(), new byte[Limits.HeaderWithoutNonceLength], share.Nonce);
            Assert.IsTrue(Target.IsMet(hash, Work.ToTarget(256)));
        }

        [TestMethod]
        public void Miner_givenForgedWork_hashesNothing()
        {
            byte[] key = Golden.Key();
            key[0] ^= 1;
            SmallWorld world = new SmallWorld { GatewayKey = key };
            Miner miner = world.CreateMiner();

            world.Run(miner, 200);

            Assert.IsTrue(world.Requests > 1);
            Assert.IsTrue(world.Shares.Count == 0);
            Assert.IsFalse(miner.State == MinerState.Mining);
        }
    }
}
