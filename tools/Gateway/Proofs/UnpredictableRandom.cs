using System.Security.Cryptography;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>The system's random numbers: who knows all that were drawn does not know the next.</summary>
internal sealed class UnpredictableRandom : Random
{
    public override int Next(int maxValue) => RandomNumberGenerator.GetInt32(maxValue);

    public override int Next(int minValue, int maxValue) => RandomNumberGenerator.GetInt32(minValue, maxValue);

    public override void NextBytes(byte[] buffer) => RandomNumberGenerator.Fill(buffer);

    public override void NextBytes(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);

    public override long NextInt64() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue;

    protected override double Sample() => NextInt64() / (double)long.MaxValue;
}
