using System.Text;
using MicroFirmware.Protocol;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>What the firmware writes and reads as text, where the chip's library has gaps.</summary>
    [TestClass]
    public class TextTests
    {
        [DataRow("0000000000000000")]
        [DataRow("fedcba9876543210")]
        [DataRow("ffffffffffffffff")]
        public void Hex_ofANumber_thereAndBack(string text)
        {
            Assert.IsTrue(Hex.TryDecode(text, 0, out ulong value));
            Assert.AreEqual(text, Hex.Encode(value));
        }

        [TestMethod]
        public void Hex_ofALargeNumber_isItsValue()
        {
            Assert.AreEqual("fedcba9876543210", Hex.Encode(0xfedcba9876543210));
        }

        [DataRow("0")]
        [DataRow("0g")]
        [DataRow("AB")]
        public void Hex_ofOtherCharacters_isRefused(string text)
        {
            Assert.IsFalse(Hex.TryDecode(text, 0, 1, out byte[] octets));
            Assert.IsNull(octets);
        }

        [DataRow("board-1", true)]
        [DataRow("abcdefghijklmnopqrstuvwxyz012345", true)]
        [DataRow("abcdefghijklmnopqrstuvwxyz0123456", false)]
        [DataRow("Board", false)]
        [DataRow("", false)]
        [DataRow("a/b", false)]
        public void DeviceId_candidate_isJudged(string text, bool valid)
        {
            Assert.AreEqual(valid, DeviceId.IsValid(text));
        }

        [TestMethod]
        public void Topic_ofADevice_isRead()
        {
            TopicKind kind = Topics.Parse(Topics.Verdict(Golden.Device), out string device);

            Assert.IsTrue(kind == TopicKind.Verdict);
            Assert.AreEqual(Golden.Device, device);
        }

        [TestMethod]
        public void Telemetry_asJson_isOneLine()
        {
            Telemetry telemetry = new Telemetry { Firmware = "0.1.0", Hashes = 17280000, Rssi = -61 };

            byte[] json = telemetry.ToJson();

            string text = new string(Encoding.UTF8.GetChars(json));
            Assert.AreEqual("{\"v\":1,\"firmware\":\"0.1.0\",\"hashes\":17280000,\"rssi\":-61}", text);
        }
    }
}
