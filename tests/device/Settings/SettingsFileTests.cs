using System.Text;
using MicroFirmware.Appliance;
using MicroFirmware.Mining;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>The settings file is taken as a whole, or refused with the line that is wrong.</summary>
    [TestClass]
    public class SettingsFileTests
    {
        private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        private const string Least = "device = board-1\ngateway = 192.168.1.10\ntls = off\nkey = " + Key + "\n";

        [TestMethod]
        public void Settings_withTheLeast_haveTheDefaults()
        {
            BoardSettings settings = Good(Least);
            GatewayAddress gateway = settings.Gateways[0];

            Assert.AreEqual("board-1", settings.DeviceId);
            Assert.AreEqual(1, settings.Gateways.Length);
            Assert.AreEqual("192.168.1.10", gateway.Host);
            Assert.AreEqual(31, (int)settings.Key[31]);
            Assert.AreEqual(8080, gateway.HttpPort);
            Assert.AreEqual(1883, gateway.MqttPort);
            Assert.AreEqual(100, settings.DutyPercent);
            Assert.AreEqual(-1, settings.LedPin);
            Assert.AreEqual("", settings.WifiName);
            Assert.IsFalse(gateway.IsSecure);
        }

        [TestMethod]
        public void Settings_withEverything_areRead()
        {
            BoardSettings settings = Good("# mine\r\n\r\n" + Least + "http-port=80\nmqtt-port = 8883\n"
                + "gateway-2 = other:81:8884\nwifi = my = network\nwifi-password = pass # w\n"
                + "time-server = ntp.example\nduty = 35\nled = 2\nconsole-tx = 17\nconsole-rx = 16");

            Assert.AreEqual(80, settings.Gateways[0].HttpPort);
            Assert.AreEqual(8883, settings.Gateways[0].MqttPort);
            Assert.AreEqual(81, settings.Gateways[1].HttpPort);
            Assert.AreEqual(8884, settings.Gateways[1].MqttPort);
            Assert.AreEqual("my = network", settings.WifiName);
            Assert.AreEqual("pass # w", settings.WifiPassword);
            Assert.AreEqual("ntp.example", settings.TimeServer);
            Assert.AreEqual(35, settings.DutyPercent);
            Assert.AreEqual(2, settings.LedPin);
            Assert.AreEqual(17, settings.ConsoleTxPin);
            Assert.AreEqual(16, settings.ConsoleRxPin);
        }

        [DataRow("device", 3)]
        [DataRow("= 3", 3)]
        [DataRow("colour = red", 4)]
        [DataRow("device = board-2", 5)]
        [DataRow("duty = 0", 6)]
        [DataRow("duty = 101", 6)]
        [DataRow("duty = many", 6)]
        [DataRow("mqtt-port = 65536", 6)]
        [DataRow("gateway-2 = a:b:c", 6)]
        [DataRow("gateway-2 = a:80", 6)]
        [DataRow("wifi-password = short", 6)]
        [DataRow("quiet = 22:00", 6)]
        [DataRow("temperature-max = 20", 6)]
        [DataRow("led = 99", 6)]
        public void Settings_withAWrongLine_nameIt(string line, int fault)
        {
            SettingsFault found = Parse(Least + line, out BoardSettings settings, out int at);

            Assert.AreEqual(fault, (int)found);
            Assert.AreEqual(5, at);
            Assert.IsNull(settings);
        }

        [DataRow("00")]
        [DataRow(Key + "00")]
        [DataRow("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F")]
        public void Settings_withAnImpossibleKey_areRefused(string key)
        {
            Assert.IsTrue(Parse("key = " + key, out _, out int at) == SettingsFault.BadValue);
            Assert.AreEqual(1, at);
        }

        [TestMethod]
        public void Settings_withoutWhatIsNeeded_areRefused()
        {
            Assert.IsTrue(Parse("device = board-1\n", out _, out _) == SettingsFault.Missing);
            Assert.IsTrue(Parse("", out _, out _) == SettingsFault.Missing);
            Assert.IsTrue(Parse(Least + "console-tx = 17\n", out _, out _) == SettingsFault.Missing);
            Assert.IsTrue(Parse(Least + "gateway-3 = b\n", out _, out _) == SettingsFault.Missing);
            Assert.IsTrue(Parse(Least + "power-scan = 200\n", out _, out _) == SettingsFault.Missing);
            Assert.IsTrue(SettingsFile.Parse(null, out _, out _) == SettingsFault.NoFile);
        }

        [TestMethod]
        public void Settings_ofAnOversizedFile_areNotRead()
        {
            byte[] file = new byte[BoardSettings.TextMaxLength + 1];

            Assert.IsTrue(SettingsFile.Parse(file, out _, out _) == SettingsFault.TooLong);
        }

        [TestMethod]
        public void Settings_cutOffAnywhere_neverThrow()
        {
            byte[] file = Encoding.UTF8.GetBytes(Least + "wifi = caf\u00e9\n");
            for (int length = 0; length < file.Length; length++)
            {
                byte[] part = new byte[length];
                System.Array.Copy(file, part, length);
                SettingsFile.Parse(part, out _, out _);
            }
        }

        private static BoardSettings Good(string text)
        {
            SettingsFault fault = Parse(text, out BoardSettings settings, out int line);
            Assert.AreEqual(0, line);
            Assert.IsTrue(fault == SettingsFault.None);
            return settings;
        }

        private static SettingsFault Parse(string text, out BoardSettings settings, out int line)
        {
            return SettingsFile.Parse(Encoding.UTF8.GetBytes(text), out settings, out line);
        }
    }
}
