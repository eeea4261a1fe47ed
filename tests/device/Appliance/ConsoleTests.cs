using MicroFirmware.Appliance;
using MicroFirmware.Protocol;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>Lines as they are typed, and settings as they are kept.</summary>
    [TestClass]
    public class ConsoleTests
    {
        [DataRow("status\r", "status")]
        [DataRow("stx\bat\u007ftus\n", "status")]
        [DataRow("oops\u0003status\n", "status")]
        [DataRow("get\tduty\r", "get duty")]
        public void Line_typed_isRead(string typed, string line)
        {
            LineReader reader = new LineReader();

            Assert.IsTrue(Feed(reader, typed) == LineStatus.Line);
            Assert.AreEqual(line, reader.Line);
        }

        [DataRow("\r\n\r\n", 0)]
        [DataRow("sta", 0)]
        [DataRow("st\u0001tus\n", 3)]
        public void Line_emptyUnfinishedOrNoise_isNone(string typed, int status)
        {
            LineReader reader = new LineReader();

            Assert.AreEqual(status, (int)Feed(reader, typed));
            Assert.IsNull(reader.Line);
        }

        [TestMethod]
        public void Line_tooLong_isDroppedAndTheNextIsRead()
        {
            LineReader reader = new LineReader();
            for (int i = 0; i < 3 * LineReader.LineMaxLength; i++)
            {
                Assert.IsTrue(reader.Feed((byte)'x') == LineStatus.None);
            }

            Assert.IsTrue(reader.Feed((byte)'\n') == LineStatus.TooLong);
            Assert.IsTrue(Feed(reader, "help\n") == LineStatus.Line);
            Assert.AreEqual("help", reader.Line);
        }

        [TestMethod]
        public void Settings_saved_areThereAgain()
        {
            SmallWorld drive = new SmallWorld();
            SavedSettings saved = new SavedSettings(drive);
            BoardSettings settings = saved.Current.Copy();
            Assert.IsTrue(settings.TrySet("duty", "40"));
            Assert.IsFalse(settings.TrySet("duty", "0"));
            Assert.IsTrue(saved.Save(settings));
            Assert.IsTrue(saved.Save(settings));

            Assert.AreEqual(40, new SavedSettings(drive).Current.DutyPercent);
        }

        [TestMethod]
        public void Settings_tornOnTheDrive_areTheOnesBefore()
        {
            SmallWorld drive = new SmallWorld();
            SavedSettings saved = new SavedSettings(drive);
            BoardSettings settings = new BoardSettings();
            settings.TrySet("duty", "40");
            saved.Save(settings);
            settings.TrySet("duty", "50");
            saved.Save(settings);
            byte[] torn = drive.Read(SavedSettings.FirstFile);
            torn[torn.Length - 6] ^= 1;
            drive.Write(SavedSettings.FirstFile, torn);

            Assert.AreEqual(40, new SavedSettings(drive).Current.DutyPercent);
        }

        [TestMethod]
        public void Command_withText_isReadAndAuthentic()
        {
            Command command = new Command { Code = CommandCode.SetGateway, Counter = 3, Text = "other:80:1883" };
            byte[] octets = new byte[command.RecordLength];
            command.Write(octets, 0, Golden.Key(), Golden.Device);

            Assert.IsTrue(Command.Parse(octets, 0, octets.Length, out Command read) == ParseStatus.Done);
            Assert.AreEqual("other:80:1883", read.Text);
            Assert.IsTrue(Command.IsAuthentic(octets, 0, Golden.Key(), Golden.Device));
            octets[20] ^= 1;
            Assert.IsFalse(Command.IsAuthentic(octets, 0, Golden.Key(), Golden.Device));
        }

        private static LineStatus Feed(LineReader reader, string typed)
        {
            LineStatus last = LineStatus.None;
            for (int i = 0; i < typed.Length; i++)
            {
                LineStatus status = reader.Feed((byte)typed[i]);
                last = status == LineStatus.None ? last : status;
            }

            return last;
        }
    }
}
