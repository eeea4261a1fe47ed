using MicroFirmware.Emulator.Boards;
using MicroFirmware.Micro.Boards;

namespace MicroFirmware.Micro.Tests.Boards;

public sealed class KeyFileTests : IDisposable
{
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private readonly string _folder = Directory.CreateTempSubdirectory("keys").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void File_made_is_read_back()
    {
        string path = Path.Combine(_folder, "boards.keys");

        IReadOnlyList<BoardIdentity> made = KeyFile.Create(path, 100);
        IReadOnlyList<BoardIdentity> read = KeyFile.Read(path);

        Assert.Equal("board-001", made[0].Id);
        Assert.Equal("board-100", made[99].Id);
        Assert.Equal(made.Select(Text), read.Select(Text));
        Assert.Equal(100, made.Select(board => Convert.ToHexString(board.Key)).Distinct().Count());
    }

    [Fact]
    public void File_made_is_for_its_owner_only()
    {
        string path = Path.Combine(_folder, "boards.keys");
        KeyFile.Create(path, 1);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void File_that_exists_is_never_replaced()
    {
        string path = Path.Combine(_folder, "boards.keys");
        File.WriteAllText(path, "precious");

        CommandFailure failure = Assert.Throws<CommandFailure>(() => KeyFile.Create(path, 1));

        Assert.Equal(ExitCode.Unreachable, failure.ExitCode);
        Assert.Equal("precious", File.ReadAllText(path));
    }

    [Fact]
    public void Comments_and_empty_lines_are_passed_over()
    {
        BoardIdentity board = Assert.Single(KeyFile.Parse(["# mine", "", $"  kitchen   {Key} "]));

        Assert.Equal("kitchen", board.Id);
        Assert.Equal(Enumerable.Range(0, 32).Select(i => (byte)i), board.Key);
    }

    [Theory]
    [InlineData("kitchen")]
    [InlineData("Kitchen " + Key)]
    [InlineData("kitchen " + Key + "00")]
    [InlineData("kitchen 00")]
    [InlineData("kitchen zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData("kitchen " + Key + " lamp")]
    public void Line_that_is_no_identity_is_named_and_its_key_is_not_shown(string line)
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(() => KeyFile.Parse(["", line]));

        Assert.StartsWith("line 2 ", failure.Message);
        Assert.DoesNotContain("0102", failure.Message);
        Assert.Equal(ExitCode.Configuration, failure.ExitCode);
    }

    [Fact]
    public void Board_that_comes_twice_is_refused() =>
        Assert.Throws<CommandFailure>(() => KeyFile.Parse([$"a {Key}", $"a {Key}"]));

    private static string Text(BoardIdentity board) => board.Id + Convert.ToHexString(board.Key);
}
