using MicroFirmware.Bench;

return Benches.Run(args);
