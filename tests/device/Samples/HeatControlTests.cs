using MicroFirmware.Samples.Thermostat;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>The thermostat's decisions.</summary>
    [TestClass]
    public class HeatControlTests
    {
        [TestMethod]
        public void Heater_withinTheHysteresis_staysAsItIs()
        {
            HeatControl control = new HeatControl(205);

            Assert.IsFalse(control.Decide(200));
            Assert.IsTrue(control.Decide(199));
            Assert.IsTrue(control.Decide(209));
            Assert.IsFalse(control.Decide(210));
            Assert.IsFalse(control.Decide(201));
        }

        [TestMethod]
        public void Heater_withoutAThermometer_isOff()
        {
            HeatControl control = new HeatControl(205);
            control.Decide(100);

            Assert.IsFalse(control.GiveUp());
            Assert.IsFalse(control.Decide(205));
        }
    }
}
