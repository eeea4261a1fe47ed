using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>The rooms of proofs, and who is made of whom.</summary>
internal static class ProofServices
{
    public static void AddProofs(this IServiceCollection services, Live<ProofOptions> options)
    {
        UnpredictableRandom random = new();
        services.AddSingleton<ListeningBoards>().AddSingleton<ProofFees>();
        services.AddSingleton(provider => new StandingBook(random, provider.GetRequiredService<GroupCommit>()));
        services.AddSingleton(provider =>
        {
            ListeningBoards boards = provider.GetRequiredService<ListeningBoards>();
            ProofPanel panel = new(
                options, boards.All, boards.Send, provider.GetRequiredService<StandingBook>(), random);
            return new ProofDesk(
                options,
                panel,
                new ProofSamples(options.Now.LimitBits, random),
                random,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ProofDesk>>());
        });
        services.AddSingleton<ProofMetrics>();
    }
}
