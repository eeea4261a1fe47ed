using System.Text;
using System.Threading.Channels;
using MicroFirmware.Mqtt.Client;

namespace MicroFirmware.Mqtt.Tests;

/// <summary>What a client received, in order, as text: <c>topic=payload@qos</c> and <c>R</c> if retained.</summary>
internal sealed class Inbox
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

    public void Put(ReceivedMessage message) => _messages.Writer.TryWrite(
        $"{message.Topic}={Encoding.UTF8.GetString(message.Payload)}@{(int)message.QoS}{(message.Retain ? "R" : "")}");

    public async Task<string> NextAsync() => await _messages.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
}
