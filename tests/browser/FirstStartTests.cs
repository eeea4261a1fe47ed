using System.Text.RegularExpressions;
using MicroFirmware.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace MicroFirmware.Browser.Tests;

/// <summary>From an empty data directory to a gateway that mines.</summary>
[Collection(BrowserCollection.Name)]
public class FirstStartTests(Chromium browser)
{
    [BrowserFact]
    public async Task First_start_link_makes_a_sign_in_once_and_the_password_opens_the_door_again()
    {
        await using GatewayProcess gateway = await GatewayProcess.StartAsync();
        string link = await gateway.LinkAsync();
        await browser.VisitAsync(gateway.Door, async visit =>
        {
            await visit.GoAsync("/");
            await visit.ReadAsync("sign-in-first-light");

            await visit.Page.GotoAsync(link);
            await visit.ReadAsync("welcome-light");
            await visit.MakeSignInAsync(link);

            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await visit.ExpectTitleAsync("Sign in");
            await SignInAsync(visit, "wrong horse battery");
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
            await visit.ReadAsync("sign-in-refused-light");
            await SignInAsync(visit, OwnerSteps.Password);
            await visit.ExpectTitleAsync("Overview");
        });

        await browser.VisitAsync(gateway.Door, async visit =>
        {
            await visit.Page.GotoAsync(link);
            await Assertions.Expect(visit.Page.GetByLabel("Password")).ToHaveCountAsync(0);
            await visit.ReadAsync("welcome-used-light");
        });
    }

    [BrowserFact]
    public async Task Board_is_added_by_the_page_and_its_first_proven_share_shows()
    {
        await using GatewayProcess gateway = await GatewayProcess.StartAsync();
        await using MicroProcess board = MicroProcess.Start("board", "--serial", "--hash-rate", "50k");
        string port = (await board.SaysAsync("serial port: (.+)")).Groups[1].Value;
        await browser.VisitAsync(gateway.Door, async visit =>
        {
            await visit.MakeSignInAsync(await gateway.LinkAsync());
            await visit.Page.GotoAsync("/boards");
            await visit.ReadAsync("boards-none-light");
            await visit.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Add" }).First.ClickAsync();
            await visit.Page.GetByLabel("Which board is it?").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make a join code" }).ClickAsync();
            await visit.Page.GetByText("Waiting for the board").WaitForAsync();
            await visit.ReadAsync("boards-add-waiting-light");

            // What the page says, but for the Wi-Fi, which a virtual board has not got, and for this machine's address:
            // the gateway listens on loopback only, and the page says that.
            string command = (await visit.Page.Locator("[data-copy^='micro configure']")
                .GetAttributeAsync("data-copy"))!;
            command = Regex.Replace(command.Replace(" --wifi NAME", ""), "(?<=--gateway )[^:]+", "127.0.0.1");
            string[] words = command.Split(' ')[1..];
            await using MicroProcess configure = MicroProcess.Start([.. words, "--port", port, "--device", "hall"]);

            await configure.SaysAsync("mines, .* after the first word");
            await visit.Page.GetByText("hall mines, and it is proven").WaitForAsync();
            await visit.ReadAsync("boards-add-proven-light");
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Look at hall" }).ClickAsync();
            await visit.ExpectTitleAsync("hall");
        });
    }

    private static async Task SignInAsync(Visit visit, string password)
    {
        await visit.Page.GetByLabel("Name").FillAsync(OwnerSteps.Name);
        await visit.Page.GetByLabel("Password").FillAsync(password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
