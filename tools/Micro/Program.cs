using MicroFirmware.Micro;

return await MicroCommandLine.RunAsync(args, Terminal.OfProcess());
