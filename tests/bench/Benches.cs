namespace MicroFirmware.Bench;

/// <summary>Finds every <see cref="IBench"/> of this assembly and runs the one that is named.</summary>
public static class Benches
{
    public static int Run(string[] args)
    {
        IBench[] all = [.. typeof(Benches).Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(IBench)) && t is { IsAbstract: false, IsInterface: false })
            .Select(t => (IBench)Activator.CreateInstance(t)!)
            .OrderBy(b => b.Name, StringComparer.Ordinal)];
        IBench? chosen = args.Length == 0 ? null : Array.Find(all, b => b.Name == args[0]);
        if (chosen is null)
        {
            foreach (IBench bench in all)
            {
                Console.WriteLine($"{bench.Name,-16} {bench.Description}");
            }

            return args is [] or ["list"] ? 0 : Unknown(args[0]);
        }

        foreach (Figure figure in chosen.RunAsync(args[1..]).GetAwaiter().GetResult())
        {
            Console.WriteLine(figure);
        }

        return 0;
    }

    private static int Unknown(string name)
    {
        Console.Error.WriteLine($"There is no benchmark named '{name}'; the list above has them all.");
        return 2;
    }
}
