using System.CommandLine;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Micro.Owner;
using MicroFirmware.Micro.Updates;
using MicroFirmware.Signing;

namespace MicroFirmware.Micro;

/// <summary><c>micro update</c>: new firmware for boards that are out of reach of a cable.</summary>
internal static class UpdateCommand
{
    private static readonly Option<FileInfo> s_key = new("--key", "-k")
    {
        Description = "The update key; whoever has it can replace the firmware of your boards.",
        HelpName = "file",
        DefaultValueFactory = _ => new FileInfo("update.key"),
    };

    private static readonly Option<uint> s_release = new("--release", "-r")
    {
        Description = "Greater than that of every release before; a board takes only a greater one than it runs.",
        HelpName = "number",
        Required = true,
    };

    private static readonly Option<string> s_version = new("--firmware", "-f")
    {
        Description = "The firmware's version, 1 to 16 characters.",
        HelpName = "version",
        Required = true,
    };

    private static readonly Option<string> s_target = new("--target")
    {
        Description = "stock or native: which image the boards run.",
        HelpName = "target",
        DefaultValueFactory = _ => "stock",
    };

    private static readonly Option<FileInfo> s_output = new("--output", "-o")
    {
        Description = "Where the package goes.",
        HelpName = "file",
        DefaultValueFactory = _ => new FileInfo("update.mfu"),
    };

    private static readonly Argument<FileInfo[]> s_assemblies = new("assemblies")
    {
        Description = "The application's .pe files in the order in which they are loaded: Protocol, Mining, Appliance, "
            + "Device.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Argument<FileInfo> s_package = new("package") { Description = "What pack made." };
    private static readonly Option<string?> s_gateway = OwnerOptions.CreateGateway();
    private static readonly Option<AccessCode?> s_token = OwnerOptions.CreateToken();
    private static readonly Option<bool> s_plain = OwnerOptions.CreatePlain();

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal) => new ExampledCommand("update",
        "Signs new firmware, and hands it to a gateway that offers it to its boards. A board takes what its update-key "
        + "signed, tries it, and goes back by itself when it does not mine.",
        new CommandExample("update key", "makes update.key and shows what boards are to be told"),
        new CommandExample("update pack --release 2 --firmware 0.2.0 a.pe b.pe", "makes update.mfu"),
        new CommandExample("update publish update.mfu --gateway 192.168.1.20", "offers it to the boards"),
        new CommandExample("command board-1 update", "has a board fetch it"))
    {
        CreateKey(terminal), CreatePack(terminal), CreatePublish(terminal),
    };

    private static ExampledCommand CreateKey(Terminal terminal)
    {
        var command = new ExampledCommand("key", "Makes an update key, or shows the public half of one that is there.",
            new CommandExample("update key --key update.key", "its first line is for micro configure --set"))
        {
            s_key,
        };
        command.SetAction(parsed =>
        {
            UpdateKey key = new UpdateKeyFile(parsed.GetValue(s_key)!.FullName).OpenOrCreate();
            terminal.Output.WriteLine($"update-key={key.PublicKey}");
            terminal.Output.WriteLine($"{UpdateKey.MaxSignatures - key.Next} signatures left");
            terminal.Output.WriteLine($"next:  micro configure --set update-key={key.PublicKey[..8]}…");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static ExampledCommand CreatePack(Terminal terminal)
    {
        var command = new ExampledCommand("pack", "Puts assemblies together, and signs them.",
            new CommandExample("update pack --release 2 --firmware 0.2.0 a.pe b.pe", "makes update.mfu"))
        {
            s_assemblies, s_key, s_release, s_version, s_target, s_output,
        };
        command.SetAction(parsed =>
        {
            byte[][] assemblies = [.. parsed.GetValue(s_assemblies)!.Select(file => UpdateFiles.Read(file.FullName))];
            var file = new UpdateKeyFile(parsed.GetValue(s_key)!.FullName);
            byte[] package = UpdateFiles.Pack(file, parsed.GetValue(s_release), parsed.GetValue(s_version)!,
                parsed.GetValue(s_target)!, assemblies);
            FileInfo output = parsed.GetValue(s_output)!;
            UpdateFiles.Write(output.FullName, package);
            uint release = parsed.GetValue(s_release);
            terminal.Output.WriteLine($"{output}: release {release}, {package.Length} octets, signed");
            terminal.Output.WriteLine($"next:  micro update publish {output}");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static ExampledCommand CreatePublish(Terminal terminal)
    {
        var command = new ExampledCommand("publish", "Hands a package to the gateway, which offers it from then on.",
            new CommandExample("update publish update.mfu --gateway 192.168.1.20", "boards fetch it when told to"))
        {
            s_package, s_gateway, s_token, s_plain,
        };
        command.SetAction(async (parsed, stop) =>
        {
            byte[] package = UpdateFiles.Read(parsed.GetValue(s_package)!.FullName);
            GatewayEndpoint gateway = OwnerOptions.Read(parsed.GetValue(s_gateway), parsed.GetValue(s_plain));
            using OwnerClient owner = await OwnerClient.ConnectAsync(gateway, parsed.GetValue(s_token), stop);
            await owner.PutAsync("/v1/update", package, stop);
            terminal.Output.WriteLine($"{gateway.Url.Authority} offers it");
            terminal.Output.WriteLine("next:  micro command <device> update");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
