using MicroFirmware.Protocol;
using nanoFramework.TestFramework;

namespace MicroFirmware.DeviceTests
{
    /// <summary>How the chip says who it is: the native HMAC and 64-bit counters are what could differ there.</summary>
    [TestClass]
    public class CredentialTests
    {
        [TestMethod]
        public void Credential_forWork_isTheGoldenHeader()
        {
            Credential credential = Credential.ForWork(Golden.Device, Golden.Counter, Golden.Key());

            Assert.AreEqual("Micro board-1:0000000300000007:" + Golden.WorkMac, credential.ToHttp());
        }

        [TestMethod]
        public void Credential_forMqtt_isTheGoldenPassword()
        {
            Credential credential = Credential.ForMqtt(Golden.Device, Golden.Counter, Golden.Key());

            Assert.AreEqual("0000000300000007" + Golden.MqttMac, credential.ToMqttPassword());
        }

        [TestMethod]
        public void Credential_ofAnotherKey_isNotSigned()
        {
            byte[] key = Golden.Key();
            bool read = Credential.TryParseMqtt(Golden.Device, "0000000300000007" + Golden.MqttMac, out Credential own);
            key[31] ^= 0x80;

            Assert.IsTrue(read);
            Assert.IsTrue(own.IsSignedWith(Golden.Key()));
            Assert.IsFalse(own.IsSignedWith(key));
        }
    }
}
