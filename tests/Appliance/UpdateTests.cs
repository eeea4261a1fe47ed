using MicroFirmware.Slots;

namespace MicroFirmware.Appliance.Tests;

public class UpdateTests
{
    private readonly VirtualImages _images = new();
    private readonly UpdateServer _server = new();
    private readonly BoardWorld _world;

    public UpdateTests()
    {
        _images.Put(0, UpdateServer.ImageOf(5));
        _world = WorldWith(_images, _server);
        _server.Offer(6);
    }

    [Fact]
    public void Update_is_fetched_started_proven_and_kept()
    {
        Mine(_world);
        _world.Send(CommandCode.Update, 0, 1);
        _world.RunUntil(() => _world.Restarts == 1);
        Assert.Equal(1, _world.Slot);
        Mine(_world);
        Assert.Equal(6, _world.Board.Release);
        Assert.Equal(ResetReason.Update, _world.Board.ResetAt(0));
        _world.Run(2 * MiningLife.GoodMs);
        _world.LosePower();
        _world.LosePower();
        Assert.Equal((1, SlotState.None), (_world.Slot, StateOf(_world).Trial));
        Assert.Equal(UpdateServer.ImageOf(6), _images.Content(1));
    }

    [Fact]
    public void Update_after_an_update_goes_to_the_other_slot()
    {
        Update(_world);
        _world.Run(2 * MiningLife.GoodMs);
        _server.Offer(7);
        _world.Hardware.Type("update 7\n");
        _world.RunUntil(() => _world.Restarts == 2);
        Mine(_world);
        Assert.Equal((0, 7L), (_world.Slot, _world.Board.Release));
    }

    [Fact]
    public void Update_that_does_not_mine_is_left_after_three_starts_and_not_fetched_again()
    {
        bool isBad = false;
        _world.Started = () => isBad = _world.Lines[0].IsHttpSilent = _world.Slot == 1;
        Mine(_world);
        _world.Send(CommandCode.Update, 6, 1);
        _world.RunUntil(() => _world.Restarts == 1);
        Assert.True(isBad);
        _world.RunUntil(() => _world.Slot == 0, 4 * UpdateDesk.TrialMs);
        Assert.Equal(4, _world.Restarts);
        Mine(_world);
        Assert.Equal((5L, ResetReason.Trial), (_world.Board.Release, _world.Board.ResetAt(0)));
        _world.Hardware.Type("update\n");
        _world.Run(30_000);
        Assert.Contains("# update: release 6 is not for this board; as before", _world.Hardware.Lines);
        _server.Offer(7);
        _world.Started = () => { };
        _world.Hardware.Type("update\n");
        _world.RunUntil(() => _world.Board.Release == 7);
    }

    [Fact]
    public void Update_that_crashes_at_once_is_left_too()
    {
        Update(_world);
        for (int i = 0; i < SlotState.TrialStarts; i++)
        {
            Assert.Equal(1, _world.Slot);
            _world.LosePower();
        }

        Assert.Equal(0, _world.Slot);
        Mine(_world);
    }

    [Fact]
    public void Image_that_is_damaged_on_the_drive_gives_way_to_the_other()
    {
        Update(_world);
        _world.Run(2 * MiningLife.GoodMs);
        byte[] damaged = _images.Content(1);
        damaged[2000] ^= 1;
        _images.Put(1, damaged);
        _world.LosePower();
        Assert.Equal(0, _world.Slot);
        Mine(_world);
    }

    [Theory]
    [InlineData(5u, "stock")]
    [InlineData(4u, "stock")]
    [InlineData(6u, "native")]
    public void Update_that_is_older_or_for_another_board_is_not_taken(uint release, string target)
    {
        _server.Offer(release, target);
        Mine(_world);
        _world.Hardware.Type("update\n");
        _world.Run(60_000);
        Assert.Equal((0, 1), (_world.Restarts, _server.Requests));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(79)]
    [InlineData(100)]
    [InlineData(2587)]
    public void Manifest_with_any_octet_changed_is_not_taken(int at)
    {
        _server.Manifest[at] ^= 1;
        Mine(_world);
        _world.Hardware.Type("update\n");
        _world.Run(60_000);
        Assert.Equal((0, 1), (_world.Restarts, _server.Requests));
        Assert.Empty(_images.Content(1));
    }

    [Fact]
    public void Image_that_is_not_the_signed_one_is_not_started()
    {
        _server.Image[3000] ^= 1;
        Mine(_world);
        _world.Hardware.Type("update\n");
        _world.Run(120_000);
        Assert.Contains("# update: the image is not what was signed; as before", _world.Hardware.Lines);
        _world.LosePower();
        Assert.Equal((0, SlotState.None), (_world.Slot, StateOf(_world).Trial));
    }

    [Fact]
    public void Chunks_that_are_lost_are_asked_for_again()
    {
        Mine(_world);
        _world.Send(CommandCode.Update, 0, 1);
        for (int i = 0; i < 30 && _world.Restarts == 0; i++)
        {
            _world.Run(700);
            _world.Network.Probe.Cut();
        }

        _world.RunUntil(() => _world.Restarts == 1);
        Mine(_world);
        Assert.Equal(6, _world.Board.Release);
    }

    [Fact]
    public void Gateway_that_goes_away_for_good_ends_the_update_and_nothing_else()
    {
        Mine(_world);
        _world.Send(CommandCode.Update, 0, 1);
        _world.Run(60);
        _world.Lines[0].Gateway.Updates = _ => [];
        int accepted = _world.Lines[0].Gateway.Accepted;
        _world.Run(180_000);
        Assert.Contains("# update: no usable answer from the gateway; as before", _world.Hardware.Lines);
        Assert.True(_world.Lines[0].Gateway.Accepted > accepted);
    }

    /// <summary>Power goes at the n-th write to a slot, or at the n-th octet written to any other file.</summary>
    [Fact]
    public void Power_cut_at_every_step_leaves_a_board_that_mines_the_old_or_the_new_release()
    {
        int cuts = 0;
        for (int step = 0; step < 160; step++)
        {
            VirtualImages images = new();
            UpdateServer server = new();
            images.Put(0, UpdateServer.ImageOf(5));
            server.Offer(6);
            BoardWorld world = WorldWith(images, server);
            Mine(world);
            world.Send(CommandCode.Update, 0, 1);
            images.PowerAfter = step < 10 ? step : null;
            world.Drive.PowerAfter = step < 10 ? null : step - 10;
            world.Run(120_000);
            cuts += world.PowerLosses;
            images.PowerAfter = world.Drive.PowerAfter = null;
            Mine(world);
            Assert.Contains(world.Board.Release, (long[])[5, 6]);
            if (world.Board.Release == 5)
            {
                world.Hardware.Type("update\n");
                world.RunUntil(() => world.Board.Release == 6);
                Mine(world);
            }

            world.Run(2 * MiningLife.GoodMs);
            world.LosePower();
            Assert.Equal(SlotState.None, StateOf(world).Trial);
            Mine(world);
            Assert.Equal(6, world.Board.Release);
        }

        Assert.True(cuts > 100, $"only {cuts} power cuts");
    }

    [Fact]
    public void Image_cut_off_or_changed_anywhere_is_not_opened()
    {
        byte[] whole = UpdateServer.ImageOf(9);
        Assert.Equal(3000, Image.Open(whole).Next().Length);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Null(Image.Open(whole[..length]));
        }

        for (int i = 0; i < whole.Length; i += 7)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 4;
            Assert.Null(Image.Open(changed));
        }

        Assert.Null(Image.Open(null!));
    }

    private static BoardWorld WorldWith(VirtualImages images, UpdateServer server)
    {
        BoardWorld world = new(settings: $"update-key = {UpdateServer.PublicKey}\n", images: images);
        world.Lines[0].Gateway.Updates = server.Answer;
        return world;
    }

    private static SlotState StateOf(BoardWorld world) =>
        new(world.Drive[SlotState.FirstFile], world.Drive[SlotState.SecondFile]);

    private static void Mine(BoardWorld world)
    {
        int accepted = world.Lines[0].Gateway.Accepted;
        world.RunUntil(() => world.Lines[0].Gateway.Accepted > accepted);
    }

    private static void Update(BoardWorld world)
    {
        Mine(world);
        world.Send(CommandCode.Update, 0, 1);
        world.RunUntil(() => world.Restarts == 1);
        Assert.Equal(1, world.Slot);
    }
}
