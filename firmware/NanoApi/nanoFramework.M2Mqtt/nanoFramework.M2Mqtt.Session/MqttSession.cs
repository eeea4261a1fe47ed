using System.Collections;

namespace nanoFramework.M2Mqtt.Session
{
    public abstract class MqttSession
    {
        protected extern MqttSession();
        protected extern MqttSession(string clientId);

        public extern string ClientId { get; set; }
        public extern Hashtable InflightMessages { get; set; }

        public extern void Clear();
    }
}
