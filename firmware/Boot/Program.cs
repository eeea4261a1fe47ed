using System;
using System.Reflection;
using System.Threading;
using MicroFirmware.Slots;
using nanoFramework.Runtime.Native;

namespace MicroFirmware.Boot
{
    /// <summary>
    /// The part that is flashed and never replaced over the air: loads the application's assemblies from the internal
    /// drive. An image on trial that hangs is ended from here.
    /// </summary>
    public static class Program
    {
        /// <summary>Longer than the application itself gives a trial.</summary>
        private const int TrialMs = 900000;

        private const int RetryMs = 60000;
        private const string EntryType = "MicroFirmware.Device.Program";
        private const string EntryMethod = "Load";

        private static readonly Drive s_drive = new Drive();
        private static Timer s_guard;

        /// <summary>Runs the application; does not return.</summary>
        public static void Main()
        {
            int slot;
            Image image = Starter.Choose(s_drive, out slot);
            if (image != null)
            {
                s_guard = new Timer(EndTrial, null, TrialMs, Timeout.Infinite);
                Run(image, slot);
            }

            Console.WriteLine("boot: no application that works on drive I:; see Device/README.md");
            Thread.Sleep(RetryMs);
            Power.RebootDevice();
        }

        private static void Run(Image image, int slot)
        {
            Console.WriteLine("boot: slot " + slot.ToString());
            try
            {
                Assembly last = null;
                for (byte[] assembly = image.Next(); assembly != null; assembly = image.Next())
                {
                    last = Assembly.Load(assembly);
                }

                last.GetType(EntryType).GetMethod(EntryMethod).Invoke(null, null);
            }
            catch (Exception)
            {
                // A trial's start has been counted; anything else is tried again.
                Console.WriteLine("boot: the application cannot be loaded, or has ended");
            }
        }

        private static void EndTrial(object state)
        {
            SlotState slots = new SlotState(s_drive.Read(SlotState.FirstFile), s_drive.Read(SlotState.SecondFile));
            if (slots.Trial != SlotState.None)
            {
                Power.RebootDevice();
            }
        }
    }
}
