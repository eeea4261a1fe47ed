using System.Globalization;
using MicroFirmware.Browser.Tests.Harness;
using MicroFirmware.Emulator.Boards;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace MicroFirmware.Browser.Tests;

/// <summary>
/// A list of ten thousand boards of which many mine: what each page costs its reader, printed, and that none loses its
/// place while figures come in. <c>MINING_BOARDS=10000</c> lets all of them mine.
/// </summary>
[Collection(BrowserCollection.Name)]
public class MiningFleetTests(Chromium browser, ITestOutputHelper log)
{
    private const int Boards = 10_000;
    private const int DefaultMining = 200;
    private const int MeasuredBeats = 10;
    private const int MostRows = 200;

    // As on a real chain: else every board would ask for work every few seconds.
    private static readonly TimeSpan s_blockTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_shareInterval = TimeSpan.FromSeconds(30);

    private static int Mining => int.TryParse(Environment.GetEnvironmentVariable("MINING_BOARDS"),
        NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : DefaultMining;

    [BrowserFact]
    public async Task Pages_of_a_fleet_that_mines_are_light_and_keep_their_place()
    {
        await using Farm farm = await Farm.OfAsync(0, options =>
        {
            options.Shares.Interval = s_shareInterval;
            options.Shares.MinWork = options.Shares.StartWork = 10 * FleetProcess.HashesPerSecond;
        }, s_blockTime);
        BoardIdentity[] boards =
            await Task.WhenAll(Enumerable.Range(0, Boards).Select(number => farm.EnrolAsync($"board-{number:0000}")));
        await using FleetProcess fleet = await FleetProcess.StartAsync(farm.Gateway, boards[..Mining]);
        log.WriteLine($"{farm.Gateway.Devices.Count(board => board.ProvenHashesPerSecond > 0)} boards mine");

        await browser.VisitAsync(farm.Owned, async visit =>
        {
            await visit.GoAsync("/");
            await visit.Page.EvaluateAsync("window.then = document.querySelector('main').innerText");
            await visit.MeasureAsync(log, "overview", MeasuredBeats);
            await visit.UntilAsync("document.querySelector('main').innerText !== window.then");

            await visit.GoAsync("/boards?sort=-proven");
            await visit.MeasureAsync(log, "list.fastest-first", MeasuredBeats);
            await ScrollAsync(visit);
            await visit.GoAsync("/boards");
            await FilterAsync(visit);

            await visit.GoAsync("/boards/device/board-0007");
            await visit.MeasureAsync(log, "board", MeasuredBeats);
        });
    }

    private async Task ScrollAsync(Visit visit)
    {
        const string Place = "document.querySelector('[data-rows]').dataset.from + ' ' + scrollY";

        // Into the midst of those that mine: there, places change with every share.
        await visit.Page.EvaluateAsync($"scrollTo(0, document.documentElement.scrollHeight * {Mining / 2} / {Boards})");
        await visit.UntilAsync("+document.querySelector('[data-rows]').dataset.from > 0");
        string place = await visit.Page.EvaluateAsync<string>(Place);
        await visit.MeasureAsync(log, "list.scrolled", MeasuredBeats);

        Assert.Equal(place, await visit.Page.EvaluateAsync<string>(Place));
        Assert.InRange(await visit.Page.Locator("tbody tr[data-key]").CountAsync(), 20, MostRows);
    }

    private async Task FilterAsync(Visit visit)
    {
        ILocator rows = visit.Page.Locator("tbody tr[data-key]");
        await visit.Page.Locator("#q").FillAsync("board-00");
        await Assertions.Expect(visit.Page.Locator("[data-rows]")).ToHaveAttributeAsync("data-rows", "100");
        await visit.MeasureAsync(log, "list.filtered", MeasuredBeats);

        await Assertions.Expect(visit.Page.Locator("#q")).ToHaveValueAsync("board-00");
        await Assertions.Expect(rows.First).ToContainTextAsync("board-00");
    }
}
