using System.Security.Cryptography.X509Certificates;
using System.Text;
using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Device
{
    /// <summary>The application: puts the board together and owns the one thread that steps the miner.</summary>
    public static class Program
    {
        private const string AuthorityFile = "ca.pem";
        private const int RetryMs = 10000;

        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            Wake wake = new Wake();
            DriveStore store = new DriveStore();
            BoardSettings settings = WaitForSettings(store, wake);
            IConsole console = OpenConsole(settings);
            ChipClock clock = new ChipClock();
            console.WriteLine("MicroFirmware on " + settings.DeviceId);
            new WifiLink(settings, wake).Start();
            Chip.StartWatchdog(console);

            X509Certificate authority = ReadAuthority(store);
            Miner miner = new Miner(OptionsOf(settings, clock.NowMs), new MinerPorts
            {
                Scanner = Chip.CreateScanner(console),
                WorkSource = new SocketWorkSource(authority, wake),
                ShareChannel = new MqttShareChannel(authority, wake),
                Store = store,
                Console = console,
                Clock = clock,
                Board = new ChipBoard(settings.LedPin),
            });
            while (true)
            {
                wake.Wait(miner.Step(clock.NowMs));
            }
        }

        private static BoardSettings WaitForSettings(DriveStore store, Wake wake)
        {
            DebugConsole console = new DebugConsole();
            while (true)
            {
                SettingsFault fault = SettingsFile.Parse(
                    store.Read(BoardSettings.FileName), out BoardSettings settings, out int line);
                if (fault == SettingsFault.None)
                {
                    return settings;
                }

                // Enums have no names on the chip: the number is that of SettingsFault.
                console.WriteLine($"{BoardSettings.FileName}, line {line}: fault {(int)fault}; see Device/README.md");
                wake.Wait(RetryMs);
            }
        }

        private static IConsole OpenConsole(BoardSettings settings)
        {
            return settings.ConsoleTxPin == BoardSettings.NoPin
                ? (IConsole)new DebugConsole()
                : new SerialConsole(settings.ConsoleTxPin, settings.ConsoleRxPin);
        }

        private static MinerOptions OptionsOf(BoardSettings settings, long now)
        {
            // Boards that start together must not knock together: the key differs on each of them.
            uint seed = LittleEndian.ReadUInt32(settings.Key, 0) ^ (uint)now;
            return new MinerOptions
            {
                DeviceId = settings.DeviceId,
                Key = settings.Key,
                Gateway = new GatewayAddress(
                    settings.GatewayHost, settings.HttpPort, settings.MqttPort, settings.IsSecure),
                Seed = seed,
                DutyPercent = settings.DutyPercent,
            };
        }

        private static X509Certificate ReadAuthority(DriveStore store)
        {
            byte[] file = store.Read(AuthorityFile);
            return file == null ? null : new X509Certificate(Encoding.UTF8.GetString(file, 0, file.Length));
        }
    }
}
