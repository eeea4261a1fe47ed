global using MicroFirmware.Appliance.Tests.Rig;
global using MicroFirmware.Mining;
global using MicroFirmware.Protocol;
global using MicroFirmware.Rigs;
