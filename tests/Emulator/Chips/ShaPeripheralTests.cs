using System.Buffers.Binary;
using System.Security.Cryptography;
using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Emulator.Chips.Engines;
using MicroFirmware.Hardware;
using Xunit;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>Both engines: digests against .NET's SHA-256, and what each access that comes too early costs.</summary>
public sealed class ShaPeripheralTests
{
    private const int Block = 70;
    private const int Load = 10;
    private const int Latch = 4;

    private static readonly TimingPoint s_timing = new(WriteDrain: 1, Read: 1, Block, Load, Latch);

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32s3")]
    public void Engine_hashes_messages_of_any_length_as_dotnet_does(string chip)
    {
        Random random = new(7);
        for (int length = 0; length < 300; length += 11)
        {
            byte[] message = new byte[length];
            random.NextBytes(message);
            Engine engine = new(chip);
            byte[] digest = engine.Hash(message);
            Assert.Equal(Convert.ToHexString(SHA256.HashData(message)), Convert.ToHexString(digest));
            Assert.Equal(0, engine.Hazards.Count);
        }
    }

    [Theory]
    [InlineData("esp32", "start", 69, HazardKind.TriggerWhileBusy)]
    [InlineData("esp32", "continue", 69, HazardKind.TriggerWhileBusy)]
    [InlineData("esp32", "load", 69, HazardKind.TriggerWhileBusy)]
    [InlineData("esp32", "text+0", 3, HazardKind.MessageBeforeLatch)]
    [InlineData("esp32", "text+9", 12, HazardKind.MessageBeforeLatch)]
    [InlineData("esp32", "text-7", 69, HazardKind.ReadBeforeDone)]
    [InlineData("esp32s3", "start", 69, HazardKind.TriggerWhileBusy)]
    [InlineData("esp32s3", "message+0", 3, HazardKind.MessageBeforeLatch)]
    [InlineData("esp32s3", "message+15", 18, HazardKind.MessageBeforeLatch)]
    [InlineData("esp32s3", "state+0", 69, HazardKind.StateWhileBusy)]
    [InlineData("esp32s3", "state-7", 69, HazardKind.ReadBeforeDone)]
    public void Access_during_a_block_is_a_hazard_until_its_time(
        string chip, string access, int lastBadCycle, HazardKind kind)
    {
        foreach ((int after, long expected) in new[] { (lastBadCycle, 1L), (lastBadCycle + 1, 0L) })
        {
            Engine engine = new(chip);
            engine.Write("start", 0, 1, at: 100);
            engine.Touch(access, 100 + after);
            Assert.Equal((expected, expected), (engine.Hazards.Count, engine.Hazards.CountOf(kind)));
        }
    }

    [Theory]
    [InlineData("text+0", HazardKind.MessageBeforeLatch)]
    [InlineData("text+15", HazardKind.MessageBeforeLatch)]
    public void Message_of_a_classic_continue_is_locked_to_its_end(string access, HazardKind kind)
    {
        foreach ((int after, long expected) in new[] { (Block - 1, 1L), (Block, 0L) })
        {
            Engine engine = new("esp32");
            engine.Write("continue", 0, 1, at: 100);
            engine.Touch(access, 100 + after);
            Assert.Equal(expected, engine.Hazards.CountOf(kind));
        }
    }

    [Theory]
    [InlineData("text+8", HazardKind.MessageDuringLoad)]
    [InlineData("text-7", HazardKind.ReadBeforeDone)]
    [InlineData("start", HazardKind.TriggerWhileBusy)]
    public void Access_during_load_is_a_hazard_until_its_end(string access, HazardKind kind)
    {
        foreach ((int after, long expected) in new[] { (Load - 1, 1L), (Load, 0L) })
        {
            Engine engine = new("esp32");
            engine.Write("load", 0, 1, at: 100);
            engine.Touch(access, 100 + after);
            Assert.Equal((expected, expected), (engine.Hazards.Count, engine.Hazards.CountOf(kind)));
        }
    }

    [Fact]
    public void Word_replaced_before_its_latch_gives_the_digest_of_the_changed_message()
    {
        Engine early = new("esp32s3");
        early.Write("start", 0, 1, at: 100);
        early.Write("message", 3, 0x1234_5678, at: 106);
        Engine clean = new("esp32s3");
        clean.Write("message", 3, 0x1234_5678, at: 50);
        clean.Write("start", 0, 1, at: 100);

        Assert.Equal(clean.Read("state", 0, at: 500), early.Read("state", 0, at: 500));
    }

    [Fact]
    public void Digest_read_too_early_is_the_state_before()
    {
        Engine engine = new("esp32s3");
        engine.Write("state", 5, 0xcafe_0001, at: 50);
        engine.Write("continue", 0, 1, at: 100);
        Assert.Equal(0xcafe_0001u, engine.Read("state", 5, at: 100 + Block - 1));
        Assert.NotEqual(0xcafe_0001u, engine.Read("state", 5, at: 100 + Block));
    }

    [Fact]
    public void State_written_while_busy_is_lost()
    {
        Engine engine = new("esp32s3");
        engine.Write("start", 0, 1, at: 100);
        uint digest = engine.Read("state", 0, at: 200);
        engine.Write("start", 0, 1, at: 300);
        engine.Write("state", 0, ~digest, at: 310);
        Assert.Equal(digest, engine.Read("state", 0, at: 400));
    }

    [Fact]
    public void Busy_reads_one_until_the_block_is_done()
    {
        Engine engine = new("esp32");
        engine.Write("start", 0, 1, at: 100);
        Assert.Equal(1u, engine.Read("busy", 0, at: 100 + Block - 1));
        Assert.Equal(0u, engine.Read("busy", 0, at: 100 + Block));
    }

    [Fact]
    public void Block_without_the_sha256_mode_is_a_hazard()
    {
        Engine engine = new("esp32s3");
        engine.Write("mode", 0, 1, at: 50);
        engine.Write("start", 0, 1, at: 100);
        Assert.Equal(1, engine.Hazards.CountOf(HazardKind.WrongMode));
    }

    /// <summary>An engine driven register by register, at chosen cycles.</summary>
    private sealed class Engine
    {
        private readonly Chip _chip;
        private readonly RegisterMap _registers;

        public Engine(string chip)
        {
            _chip = HardwareCatalog.Chip(chip);
            _registers = ShaPeripheral.Create(_chip.Sha, s_timing, Hazards).Registers;
            if (!IsClassic)
            {
                Write("mode", 0, 2, at: 1);
            }
        }

        public HazardLog Hazards { get; } = new();

        private bool IsClassic => _chip.Sha.Engine == ShaEngineKind.Classic;

        public void Write(string register, int index, uint value, long at) =>
            Find(register, index).Write(value, new BusAccess(at, 0x4000_0000));

        public uint Read(string register, int index, long at) =>
            Find(register, index).Read(new BusAccess(at, 0x4000_0000));

        /// <summary><c>name</c> or <c>name+index</c> writes, <c>name-index</c> reads.</summary>
        public void Touch(string access, long at)
        {
            string[] parts = access.Split('+', '-');
            int index = parts.Length == 1 ? 0 : int.Parse(parts[1]);
            if (access.Contains('-'))
            {
                Read(parts[0], index, at);
                return;
            }
            Write(parts[0], index, 1, at);
        }

        public byte[] Hash(byte[] message)
        {
            byte[] padded = Pad(message);
            long cycle = 100;
            for (int block = 0; block < padded.Length; block += 64)
            {
                for (int i = 0; i < 16; i++)
                {
                    Write(IsClassic ? "text" : "message", i, Word(padded.AsSpan(block + (4 * i))), cycle);
                }
                Write(block == 0 ? "start" : "continue", 0, 1, cycle);
                cycle += Block;
            }
            if (IsClassic)
            {
                Write("load", 0, 1, cycle);
                cycle += Load;
            }
            byte[] digest = new byte[32];
            for (int i = 0; i < 8; i++)
            {
                Put(digest.AsSpan(4 * i), Read(IsClassic ? "text" : "state", i, cycle));
            }
            return digest;
        }

        private static byte[] Pad(byte[] message)
        {
            byte[] padded = new byte[(message.Length + 9 + 63) / 64 * 64];
            message.CopyTo(padded, 0);
            padded[message.Length] = 0x80;
            BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - 8), 8ul * (ulong)message.Length);
            return padded;
        }

        private Register Find(string register, int index) =>
            _registers.Find(_chip.Sha.Registers[register] + (uint)(4 * index))!;

        private uint Word(ReadOnlySpan<byte> octets) => IsClassic
            ? BinaryPrimitives.ReadUInt32BigEndian(octets)
            : BinaryPrimitives.ReadUInt32LittleEndian(octets);

        private void Put(Span<byte> octets, uint word)
        {
            if (IsClassic)
            {
                BinaryPrimitives.WriteUInt32BigEndian(octets, word);
                return;
            }
            BinaryPrimitives.WriteUInt32LittleEndian(octets, word);
        }
    }
}
