using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("MicroFirmware.KernelForge.Tests")]
