using Microsoft.Playwright;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>Debian's browser, started once for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>How long anything may take: far more than it does on a busy machine, far less than a hung run.
    /// </summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Starts the browser, if it is there.</summary>
    public async Task InitializeAsync()
    {
        if (Needs.Missing is not null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Deadline.TotalMilliseconds);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Needs.Chromium,
            Headless = true,
            Timeout = (float)Deadline.TotalMilliseconds,
            Args =
            [
                // No sandbox inside another one, and no word to anybody but the gateway.
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            ],
        });
    }

    /// <summary>Stops it.</summary>
    public async Task DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
    }

    /// <summary>Opens a window of somebody who was never here, does what a test wants, and looks at what the browser
    /// complained of in the meantime: nothing may be left.</summary>
    /// <param name="place">Where the pages are, and whose session it is.</param>
    /// <param name="act">What is done.</param>
    /// <param name="look">Size and colours; a desktop in light ones by default.</param>
    internal async Task VisitAsync(Place place, Func<Visit, Task> act, Look? look = null)
    {
        look ??= Look.Desktop;
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = place.Url.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            HasTouch = look.IsPhone,
            IsMobile = look.IsPhone,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "UTC",
            IgnoreHTTPSErrors = true,
        });
        await using (context)
        {
            context.SetDefaultTimeout((float)Deadline.TotalMilliseconds);
            if (place.CookieName.Length > 0)
            {
                await context.AddCookiesAsync(
                [
                    new Cookie { Name = place.CookieName, Value = place.CookieValue, Url = place.Url.AbsoluteUri },
                ]);
            }

            Visit visit = new(await context.NewPageAsync(), place.Url);
            await act(visit);
            Assert.Empty(visit.Complaints);
        }
    }
}
