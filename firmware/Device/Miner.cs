using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using MicroFirmware.Appliance;
using MicroFirmware.Mining;

namespace MicroFirmware.Device
{
    /// <summary>
    /// Mining for a host application: everything runs on a thread of its own, and stops while the application needs the
    /// board.
    /// <code>
    /// Miner miner = Miner.Start(new ApplianceOptions());
    /// using (miner.Foreground())
    /// {
    ///     // What must not be disturbed.
    /// }
    /// </code>
    /// </summary>
    public sealed class Miner
    {
        /// <summary>A section begins after so long at the latest, whatever the scanner does.</summary>
        private const int StillTimeoutMs = 250;

        private readonly Wake _wake = new Wake();
        private readonly AutoResetEvent _stepped = new AutoResetEvent(false);
        private readonly ChipClock _clock = new ChipClock();
        private readonly Supervisor _supervisor;

        private Miner(ApplianceOptions options, IImageStore images)
        {
            DriveStore store = new DriveStore();
            BoardSettings settings = options.Settings ?? BoardSettings.ReadFrom(store);
            IConsole console = OpenConsole(settings, _wake);
            Chip.StartWatchdog(console);
            X509Certificate authority = AuthorityOf(settings);
            _supervisor = new Supervisor(options, new AppliancePorts
            {
                Scanner = Chip.CreateScanner(console),
                WorkSource = new SocketWorkSource(authority, _wake),
                Probe = new SocketWorkSource(authority, _wake),
                ShareChannel = new MqttShareChannel(authority, _wake),
                Store = store,
                Images = images,
                Console = console,
                Clock = _clock,
                Board = new ChipBoard(settings.LedPin),
                Network = new ChipNetwork(_wake),
            });
        }

        /// <summary>Where the board stands.</summary>
        public LifeState State
        {
            get { return _supervisor.State; }
        }

        /// <summary>Why it is not simply mining: one word, or null.</summary>
        public string Cause
        {
            get { return _supervisor.Cause; }
        }

        /// <summary>What has been counted; null before mining has begun.</summary>
        public MinerStatistics Statistics
        {
            get { return _supervisor.Statistics; }
        }

        /// <summary>Starts mining and returns at once. Once in a program: there is one radio and one scanner.</summary>
        public static Miner Start(ApplianceOptions options)
        {
            return Start(options, null);
        }

        internal static Miner Start(ApplianceOptions options, IImageStore images)
        {
            Miner miner = new Miner(options, images);
            new Thread(miner.Run).Start();
            return miner;
        }

        /// <summary>
        /// Has scanning stop until the section is disposed of; returns when it has, after 250 ms at the latest.
        /// Sections may overlap: the last one counts.
        /// </summary>
        public ForegroundSection Foreground()
        {
            _supervisor.EnterForeground();
            _wake.Up();
            long deadline = Environment.TickCount64 + StillTimeoutMs;
            for (int left = StillTimeoutMs; left > 0; left = (int)(deadline - Environment.TickCount64))
            {
                _stepped.WaitOne(left, false);
                if (_supervisor.IsStill)
                {
                    break;
                }
            }

            return new ForegroundSection(this);
        }

        internal void Leave()
        {
            _supervisor.LeaveForeground();
            _wake.Up();
        }

        private static IConsole OpenConsole(BoardSettings settings, Wake wake)
        {
            return settings.ConsoleTxPin == BoardSettings.NoPin
                ? (IConsole)new DebugConsole()
                : new SerialConsole(settings.ConsoleTxPin, settings.ConsoleRxPin, wake);
        }

        private static X509Certificate AuthorityOf(BoardSettings settings)
        {
            byte[] authority = settings.Authority;
            return authority == null ? null : new X509Certificate(authority);
        }

        private void Run()
        {
            while (true)
            {
                int wait = _supervisor.Step(_clock.NowMs);
                _stepped.Set();
                _wake.Wait(wait);
            }
        }
    }
}
