using MicroFirmware.Micro.Monitor;

namespace MicroFirmware.Micro.Tests.Monitor;

public class BootTextTests
{
    // Lines as the ROMs of ESP32, S3 and C3 write them (ESP-IDF, "Boot Log Messages" and reset reasons).
    [Theory]
    [InlineData("# boot 0.1.0", "the board has started, firmware 0.1.0")]
    [InlineData("rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)",
        "reset: power was switched on, or the reset pin was pulled")]
    [InlineData("rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", "reset: the firmware restarted itself")]
    [InlineData("rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)",
        "reset: the supply voltage fell: try another cable, socket or supply")]
    [InlineData("rst:0x7 (TG0WDT_SYS_RST),boot:0x8 (SPI_FAST_FLASH_BOOT)", "reset: a watchdog bit: the firmware hung")]
    [InlineData("rst:0x10 (RTCWDT_RTC_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0))",
        "reset: the last watchdog bit: the chip hung early, or its flash is empty")]
    [InlineData("rst:0x99 (NEW_REASON),boot:0x3", "reset: NEW_REASON")]
    [InlineData("Guru Meditation Error: Core  0 panic'ed (LoadProhibited)",
        "the runtime crashed; the board restarts")]
    [InlineData("invalid header: 0xffffffff", "the flash is empty: micro flash")]
    [InlineData("waiting for download",
        "the boot loader waits for a flash tool: let go of the boot button and press reset")]
    [InlineData("# share accepted", null)]
    [InlineData("ets Jun  8 2016 00:22:57", null)]
    public void Line_is_explained_where_it_needs_to_be(string line, string? meaning) =>
        Assert.Equal(meaning, BootText.Explain(line));
}
