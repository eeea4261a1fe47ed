using System;
using System.Device.Gpio;
using System.Text;
using System.Threading;
using MicroFirmware.Appliance;
using MicroFirmware.Device;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace MicroFirmware.Samples.Sensor
{
    /// <summary>Counts the pulses of an electricity meter and publishes them to the owner's own broker.</summary>
    public static class Program
    {
        private const int MeterPin = 4;
        private const int LoopMs = 60000;
        private const int DebounceMs = 20;
        private const string Broker = "homeassistant.local";
        private const string Topic = "home/meter/pulses";
        private const string Client = "meter";

        private static int s_pulses;

        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            Miner miner = Miner.Start(new ApplianceOptions());
            GpioPin meter = new GpioController().OpenPin(MeterPin, PinMode.InputPullUp);
            meter.DebounceTimeout = TimeSpan.FromMilliseconds(DebounceMs);
            meter.ValueChanged += OnPulse;
            while (true)
            {
                Thread.Sleep(LoopMs);
                using (miner.Foreground())
                {
                    Publish();
                }
            }
        }

        private static void OnPulse(object sender, PinValueChangedEventArgs e)
        {
            if (e.ChangeType == PinEventTypes.Falling)
            {
                Interlocked.Increment(ref s_pulses);
            }
        }

        // Pulses that could not be published are in the next message: the count only grows.
        private static void Publish()
        {
            MqttClient client = null;
            try
            {
                client = new MqttClient(Broker);
                client.Connect(Client);
                byte[] payload = Encoding.UTF8.GetBytes(s_pulses.ToString());
                client.Publish(Topic, payload, null, null, MqttQoSLevel.AtMostOnce, true);
                client.Disconnect();
            }
            catch (Exception)
            {
                // The broker is away; the next minute tries again.
            }
            finally
            {
                client?.Dispose();
            }
        }
    }
}
