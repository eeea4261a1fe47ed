using System.Text;

namespace MicroFirmware.Appliance.Tests;

public class SavedSettingsTests
{
    private const string Least = "device = board-1\ngateway = old\ntls = off\nkey = "
        + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";

    [Fact]
    public void Settings_saved_are_there_after_a_restart()
    {
        VirtualDrive drive = DriveWith(Least);
        BoardSettings settings = new SavedSettings(drive).Current.Copy();
        Assert.True(settings.TrySet("gateway", "new:81:1884"));
        Assert.True(settings.TrySet("wifi", "caf\u00c3\u00a9 # 1 = 2"));
        Assert.True(new SavedSettings(drive).Save(settings));
        BoardSettings again = new SavedSettings(drive).Current;
        GatewayAddress gateway = again.Gateways[0];
        Assert.Equal(("new", 81, 1884), (gateway.Host, gateway.HttpPort, gateway.MqttPort));
        Assert.Equal("caf\u00c3\u00a9 # 1 = 2", again.WifiName);
    }

    [Fact]
    public void Power_lost_at_any_octet_of_a_save_leaves_the_old_or_the_new_settings()
    {
        VirtualDrive before = DriveWith(Least);
        SavedSettings saved = new(before);
        BoardSettings next = saved.Current.Copy();
        next.TrySet("gateway", "new");
        int length = before["settings-b"]!.Length;
        for (int octets = 0; octets <= length; octets++)
        {
            VirtualDrive drive = before.Clone();
            SavedSettings writer = new(drive);
            drive.PowerAfter = octets;
            Assert.Throws<PowerLostException>(() => writer.Save(next));
            string host = new SavedSettings(drive).Current.Gateways[0].Host;
            Assert.Equal(octets < length ? "old" : "new", host);
            Assert.True(new SavedSettings(drive).Save(next));
            Assert.Equal("new", new SavedSettings(drive).Current.Gateways[0].Host);
        }
    }

    [Fact]
    public void Power_lost_at_any_octet_of_an_import_leaves_settings_that_are_whole()
    {
        for (int octets = 0; octets <= 300; octets++)
        {
            VirtualDrive drive = DriveWith(Least);
            drive.PowerAfter = octets;
            try
            {
                _ = new SavedSettings(drive);
            }
            catch (PowerLostException)
            {
                // The next start imports again.
            }

            Assert.Null(new SavedSettings(drive).Current.Complaint);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Drive_that_fails_keeps_the_old_settings_and_says_so(bool isTorn)
    {
        VirtualDrive drive = DriveWith(Least);
        SavedSettings saved = new(drive);
        BoardSettings next = saved.Current.Copy();
        next.TrySet("gateway", "new");
        (drive.IsTorn, drive.IsBroken) = (isTorn, !isTorn);
        Assert.False(saved.Save(next));
        Assert.Equal("old", saved.Current.Gateways[0].Host);
        (drive.IsTorn, drive.IsBroken) = (false, false);
        Assert.Equal("old", new SavedSettings(drive).Current.Gateways[0].Host);
        Assert.True(saved.Save(next));
        Assert.Equal("new", new SavedSettings(drive).Current.Gateways[0].Host);
    }

    [Fact]
    public void File_with_any_bit_flipped_is_not_read()
    {
        VirtualDrive drive = DriveWith(Least);
        _ = new SavedSettings(drive);
        byte[] content = drive["settings-b"]!;
        drive["micro.txt"] = [];
        for (int bit = 0; bit < content.Length * 8; bit++)
        {
            byte[] changed = [.. content];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            drive["settings-b"] = changed;
            Assert.NotNull(new SavedSettings(drive).Current.Complaint);
        }
    }

    [Fact]
    public void Owners_file_is_imported_once_and_again_when_it_is_new()
    {
        VirtualDrive drive = DriveWith(Least);
        SavedSettings saved = new(drive);
        BoardSettings next = saved.Current.Copy();
        next.TrySet("gateway", "typed");
        Assert.True(saved.Save(next));
        Assert.Equal("typed", new SavedSettings(drive).Current.Gateways[0].Host);
        drive["micro.txt"] = Encoding.UTF8.GetBytes(Least.Replace("old", "deployed"));
        Assert.Equal("deployed", new SavedSettings(drive).Current.Gateways[0].Host);
    }

    [Fact]
    public void Owners_file_that_is_wrong_changes_nothing_and_names_the_line()
    {
        VirtualDrive drive = DriveWith(Least);
        _ = new SavedSettings(drive);
        drive["micro.txt"] = Encoding.UTF8.GetBytes(Least.Replace("old", "deployed") + "duty = 200\n");
        SavedSettings saved = new(drive);
        Assert.Equal((SettingsFault.BadValue, 5), (saved.ImportFault, saved.ImportLine));
        Assert.Equal("old", saved.Current.Gateways[0].Host);
    }

    [Fact]
    public void Settings_of_a_later_format_are_read_without_what_is_not_known()
    {
        VirtualDrive drive = DriveWith(Least);
        _ = new SavedSettings(drive);
        byte[] text = Encoding.UTF8.GetBytes(Least + "colour = red\nduty = 40\nled = purple\n");
        byte[] content = [.. drive["settings-b"]![..16], .. text, 0, 0, 0, 0];
        LittleEndian.WriteUInt16(content, 4, SavedSettings.FormatVersion + 7);
        LittleEndian.WriteUInt16(content, 6, (ushort)text.Length);
        LittleEndian.WriteUInt32(content, 8, 9);
        LittleEndian.WriteUInt32(content, content.Length - 4, Slots.Crc32.Of(content, content.Length - 4));
        drive["settings-a"] = content;
        BoardSettings settings = new SavedSettings(drive).Current;
        Assert.Equal((40, BoardSettings.NoPin), (settings.DutyPercent, settings.LedPin));
    }

    [Fact]
    public void Erase_leaves_no_secret_on_the_drive()
    {
        VirtualDrive drive = DriveWith(Least);
        SavedSettings saved = new(drive);
        BoardSettings next = saved.Current.Copy();
        next.TrySet("wifi-password", "topsecret");
        Assert.True(saved.Save(next) && saved.Save(next) && saved.Erase());
        foreach (string file in (string[])["micro.txt", "settings-a", "settings-b"])
        {
            Assert.DoesNotContain("topsecret", Encoding.Latin1.GetString(drive[file]!));
            Assert.DoesNotContain("0001020304", Encoding.Latin1.GetString(drive[file]!));
        }

        Assert.NotNull(new SavedSettings(drive).Current.Complaint);
    }

    [Theory]
    [InlineData("", "gateway-3 = c", "gateway-3: the one before it is not set")]
    [InlineData("", "tls = on", "ca is missing; it is needed with tls = on")]
    [InlineData("", "console-tx = 17", "console-tx: set both pins or none")]
    [InlineData("", "power-scan = 250", "power-scan: more than power-idle")]
    [InlineData("gateway-2 = b", "gateway-3 = c", null)]
    public void Settings_that_do_not_fit_together_say_which(string first, string second, string? complaint)
    {
        BoardSettings settings = new SavedSettings(DriveWith(Least)).Current;
        foreach (string[] pair in ((string[])[first, second]).Where(l => l.Length > 0).Select(l => l.Split(" = ")))
        {
            Assert.True(settings.TrySet(pair[0], pair[1]));
        }

        Assert.Equal(complaint, settings.Complaint);
    }

    private static VirtualDrive DriveWith(string text) => new() { ["micro.txt"] = Encoding.UTF8.GetBytes(text) };
}
