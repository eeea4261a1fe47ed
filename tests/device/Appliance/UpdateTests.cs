using MicroFirmware.Appliance;
using MicroFirmware.Protocol;
using MicroFirmware.Slots;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>Signatures, images and the choice between them, as the chip computes them.</summary>
    [TestClass]
    public class UpdateTests
    {
        [TestMethod]
        public void Signature_ofTheStandard_isGood()
        {
            Assert.IsTrue(Check(LmsVector.Message) == ParseStatus.Done);
        }

        [TestMethod]
        public void Signature_ofAnotherMessage_isNotGood()
        {
            string other = LmsVector.Message.Substring(0, LmsVector.Message.Length - 1) + "6";
            Assert.IsTrue(Check(other) == ParseStatus.Invalid);
        }

        [TestMethod]
        public void Image_ofAssemblies_givesThemBack()
        {
            byte[] octets = Image.Make(7, new byte[][] { new byte[] { 1, 2, 3 }, new byte[] { 4, 5, 6, 7, 8 } });
            Image image = Image.Open(octets);

            Assert.AreEqual(7u, Image.ReleaseOf(octets));
            Assert.AreEqual(3, image.Next().Length);
            Assert.AreEqual(8, (int)image.Next()[4]);
            Assert.IsNull(image.Next());
            octets[15] ^= 1;
            Assert.IsNull(Image.Open(octets));
        }

        [TestMethod]
        public void Slots_withATrial_giveItThreeStarts()
        {
            SlotState state = new SlotState(null, null);
            state.Offer();
            SlotState again = new SlotState(null, state.ToOctets());

            Assert.AreEqual(1, again.Trial);
            Assert.IsTrue(again.CountStart() && again.CountStart() && again.CountStart());
            Assert.IsFalse(again.CountStart());
            again.Fail(9);
            Assert.AreEqual(SlotState.None, again.Trial);
            Assert.AreEqual(0, again.Active);
            Assert.AreEqual(9u, again.FailedRelease);
        }

        [TestMethod]
        public void Slots_withAProvenTrial_keepIt()
        {
            SlotState state = new SlotState(null, null);
            state.Offer();
            state.Confirm();
            SlotState again = new SlotState(state.ToOctets(), null);

            Assert.AreEqual(1, again.Active);
            Assert.AreEqual(0, again.Spare);
            Assert.AreEqual(SlotState.None, again.Trial);
        }

        [TestMethod]
        public void Checksum_ofTheStandard_isTheStandards()
        {
            Assert.AreEqual(0xcbf43926u, Crc32.Of(Ascii.GetBytes("123456789"), 9));
        }

        private static ParseStatus Check(string message)
        {
            LmsCheck check = new LmsCheck(
                Octets(LmsVector.PublicKey), Octets(message), Octets(LmsVector.Signature));
            ParseStatus status = ParseStatus.NeedMore;
            while (status == ParseStatus.NeedMore)
            {
                status = check.Step();
            }

            return status;
        }

        private static byte[] Octets(string digits)
        {
            Hex.TryDecode(digits, 0, digits.Length / 2, out byte[] octets);
            return octets;
        }
    }
}
