namespace MicroFirmware.Mining
{
    /// <summary>The particulars of an event on the connection to the broker.</summary>
    public sealed class ChannelEvent
    {
        /// <summary>With Acknowledged: what Publish returned.</summary>
        public int Handle { get; set; }

        /// <summary>With Message: its topic.</summary>
        public string Topic { get; set; }

        /// <summary>With Message: its payload, never null.</summary>
        public byte[] Payload { get; set; }
    }
}
