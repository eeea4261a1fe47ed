using Microsoft.Playwright;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>What an owner does again and again.</summary>
internal static class OwnerSteps
{
    public const string Name = "owner";
    public const string Password = "correct horse battery";

    /// <summary>Opens the console's link and chooses name and password.</summary>
    public static async Task MakeSignInAsync(this Visit visit, string link)
    {
        await visit.Page.GotoAsync(link);
        await visit.Page.GetByLabel("Name").FillAsync(Name);
        await visit.Page.GetByLabel("Password").FillAsync(Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await visit.ExpectTitleAsync("Overview");
    }

    /// <summary>Waits for a page by its heading.</summary>
    public static Task ExpectTitleAsync(this Visit visit, string title) =>
        Assertions.Expect(visit.Page.Locator("h1").First).ToHaveTextAsync(title);
}
