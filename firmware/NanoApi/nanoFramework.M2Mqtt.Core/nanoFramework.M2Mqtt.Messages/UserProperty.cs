namespace nanoFramework.M2Mqtt.Messages
{
    public class UserProperty
    {
        public extern UserProperty(string name, string value);

        public extern string Name { get; set; }
        public extern string Value { get; set; }
    }
}
