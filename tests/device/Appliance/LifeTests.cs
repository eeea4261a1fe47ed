using MicroFirmware.Appliance;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>The supervisor's parts that only count and compare.</summary>
    [TestClass]
    public class LifeTests
    {
        [TestMethod]
        public void Gateways_withoutWork_takeTurnsAndTheFirstComesBack()
        {
            GatewayOrder order = new GatewayOrder(3);

            Assert.IsFalse(order.Step(true, false, false, 0));
            Assert.IsFalse(order.Step(true, false, false, GatewayOrder.WorkDeadlineMs - 1));
            Assert.IsTrue(order.Step(true, false, false, GatewayOrder.WorkDeadlineMs));
            Assert.AreEqual(1, order.Index);
            long now = GatewayOrder.WorkDeadlineMs + GatewayOrder.FirstReturnMs;
            Assert.IsFalse(order.Step(true, true, true, now - 1));
            Assert.IsTrue(order.Step(true, true, true, now));
            Assert.AreEqual(0, order.Index);
        }

        [TestMethod]
        public void Gateways_withoutANetwork_areNotBlamed()
        {
            GatewayOrder order = new GatewayOrder(2);
            for (long now = 0; now < 10 * GatewayOrder.WorkDeadlineMs; now += 1000)
            {
                Assert.IsFalse(order.Step(false, false, false, now));
            }
        }

        [TestMethod]
        public void Stall_withWork_asksForMoreAndMore()
        {
            StallWatch watch = new StallWatch();
            int[] seen = new int[4];
            int[] firstAt = new int[4];
            for (int now = 0; now <= StallWatch.BoardMs; now += 1000)
            {
                int action = (int)watch.Step(5, true, false, now);
                firstAt[action] = seen[action] == 0 ? now : firstAt[action];
                seen[action]++;
            }

            Assert.AreEqual(1, seen[(int)StallAction.Scanner]);
            Assert.AreEqual(StallWatch.ScannerMs, firstAt[(int)StallAction.Scanner]);
            Assert.AreEqual(StallWatch.NetworkMs, firstAt[(int)StallAction.Network]);
            Assert.AreEqual(StallWatch.BoardMs, firstAt[(int)StallAction.Board]);
        }

        [TestMethod]
        public void Stall_withHashesOrARest_isNone()
        {
            StallWatch watch = new StallWatch();
            for (int now = 0; now <= StallWatch.BoardMs; now += 1000)
            {
                Assert.IsTrue(watch.Step((ulong)(now / 50000), true, false, now) == StallAction.None);
            }

            for (int now = StallWatch.BoardMs; now <= 3 * StallWatch.BoardMs; now += 1000)
            {
                Assert.IsTrue(watch.Step(5, true, true, now) == StallAction.None);
            }
        }

        [DataRow(0, 100)]
        [DataRow(425, 50)]
        [DataRow(250, 0)]
        [DataRow(20000, 100)]
        public void Budget_ofPower_leavesADuty(int budget, int duty)
        {
            Assert.AreEqual(duty, Restraint.DutyOf(budget, 250, 600));
        }

        [DataRow("22:00-07:00", true)]
        [DataRow("00:00-23:59", true)]
        [DataRow("24:00-07:00", false)]
        [DataRow("22:00-22:00", false)]
        [DataRow("2:00-7:00", false)]
        [DataRow("22:00-07:0x", false)]
        public void Hours_ofADay_areReadOrRefused(string text, bool isGood)
        {
            Assert.AreEqual(isGood, SettingValue.TryHours(text, out int from, out int to));
        }
    }
}
