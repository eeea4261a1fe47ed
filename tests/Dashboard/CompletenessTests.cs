using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using MicroFirmware.Dashboard.Layout;
using Microsoft.AspNetCore.Components;

namespace MicroFirmware.Dashboard.Tests;

/// <summary>Whatever people do and see on a page, a program can by the API, and the other way round: the one list of
/// what belongs to what.</summary>
public class CompletenessTests(Site site) : IClassFixture<Site>
{
    /// <summary>What is sent, by the source of the page and the form's name: the operations that do the same.</summary>
    private static readonly Dictionary<string, string[]> s_forms = new()
    {
        ["Access/AccountPage password"] = ["ChangePassword"],
        ["Access/PeoplePage invite"] = ["Invite"],
        ["Access/PeoplePage remove"] = ["RemoveUser"],
        ["Access/PeoplePage revoke"] = ["RevokeToken"],
        ["Access/PeoplePage token"] = ["CreateToken"],
        ["Access/SignInPage sign-in"] = ["SignIn"],
        ["Access/WelcomePage welcome"] = ["UseOneTimeLink"],
        ["AddBoard/AddPage join"] = ["CreateJoinCode"],
        ["Boards/DeedForm deeds"] = ["BeginRun", "CommandDevices"],
        ["Boards/DeviceOrders duty"] = ["CommandDevice"],
        ["Boards/DeviceOrders order"] = ["CommandDevice"],
        ["Boards/DeviceOrders restart"] = ["CommandDevice"],
        ["Boards/DeviceOrders update"] = ["CommandDevice"],
        ["Boards/DeviceSettings label"] = ["LabelDevice", "LabelDevices"],
        ["Boards/DeviceSettings restore"] = ["RestoreDevice"],
        ["Boards/DeviceSettings revoke"] = ["RevokeDevice"],
        ["Boards/RunPage confirm"] = ["StartRun"],
        ["Money/AccountPage pay"] = ["Pay"],
        ["Money/AccountPage target"] = ["SetPayoutTarget", "RemovePayoutTarget"],
        ["Money/PayoutDecision approve"] = ["ApprovePayout"],
        ["Money/PayoutDecision reject"] = ["RejectPayout"],
        ["Settings/SettingRow reset"] = ["ResetSetting"],
        ["Settings/SettingRow setting"] = ["SetSetting"],
        ["Upstreams/UpstreamFields add"] = ["SetUpstreams", "TestUpstream"],
        ["Upstreams/UpstreamsPage list"] = ["SetUpstreams", "TestUpstream"],
        ["Webhooks/WebhooksPage add"] = ["SetWebhooks", "TestWebhook"],
        ["Webhooks/WebhooksPage list"] = ["SetWebhooks", "TestWebhook"],
    };

    /// <summary>What is shown, by the page's address: the operations that tell the same.</summary>
    private static readonly Dictionary<string, string[]> s_pages = new()
    {
        ["/"] = ["GetOverview", "GetStatistics", "GetFleetSeries", "ListBlocks", "ListUpstreams", "GetHealth"],
        ["/wall"] = ["GetOverview"],
        ["/account"] = ["GetSession", "SignOut", "SignUserOut"],
        ["/people"] = ["ListUsers", "ListTokens"],
        ["/sign-in"] = [],
        ["/welcome/{code}"] = [],
        ["/no-entry"] = [],
        ["/not-found"] = [],
        ["/api"] = [],
        ["/boards"] = ["ListBoards", "ListDevices", "ListRuns"],
        ["/boards/add"] = ["ListJoinCodes", "GetAuthority"],
        ["/boards/add/{Number}"] = ["GetJoinProgress"],
        ["/boards/add/stratum"] = ["GetDeviceJoinProgress"],
        ["/boards/device/{Id}"] = ["GetDevice", "GetDeviceSeries", "ListShares"],
        ["/boards/runs/{Number:int}"] = ["GetRun", "ListRunAnswers"],
        ["/events"] = ["ListEvents"],
        ["/money"] = ["ListAccounts", "ListPayoutTargets", "GetTariff", "GetLedger"],
        ["/money/account"] = ["GetAccount", "GetStatement", "GetStatementText"],
        ["/money/payouts"] = ["ListPayouts", "GetPayout"],
        ["/settings"] = ["ListSettings"],
        ["/settings/webhooks"] = ["ListWebhooks"],
        ["/upstreams"] = ["ListUpstreams"],
    };

    /// <summary>For boards, customers and packages, who have no pages.</summary>
    private static readonly string[] s_programsOnly =
    [
        "CheckProof", "EnrolDevice", "GetProofTerms", "GetUpdate", "GetUpdateChunk", "GetWork", "ListProofBoards",
        "PublishUpdate", "RemoveOwnPayoutTarget", "SetOwnPayoutTarget",
    ];

    [Fact]
    public void Form_of_every_page_is_in_the_list() => Assert.Empty(Forms().Except(s_forms.Keys));

    [Fact]
    public void Page_is_in_the_list() => Assert.Empty(
        typeof(App).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
            .Select(route => route.Template).Except(s_pages.Keys));

    [Fact]
    public async Task Operation_of_the_api_has_a_page_or_is_for_programs_only()
    {
        JsonElement document = await site.Browser.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        IEnumerable<string> operations =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select operation.Value.GetProperty("operationId").GetString()!;

        Assert.Equal(
            s_forms.Values.Concat(s_pages.Values).SelectMany(names => names).Concat(s_programsOnly).Distinct()
                .Order(StringComparer.Ordinal),
            operations.Order(StringComparer.Ordinal));
    }

    /// <summary>As the sources have them: a form that shows only at times is one too.</summary>
    private static IEnumerable<string> Forms()
    {
        string folder = Path.Combine(RootOf(new DirectoryInfo(AppContext.BaseDirectory)), "tools", "Dashboard");
        return from file in Directory.EnumerateFiles(folder, "*.razor", SearchOption.AllDirectories)
               let page = Path.ChangeExtension(Path.GetRelativePath(folder, file), null).Replace('\\', '/')
               from Match form in Regex.Matches(File.ReadAllText(file), """@formname="(?:@\(\$")?([a-z-]+?)-?["{]""")
               select $"{page} {form.Groups[1].Value}";
    }

    private static string RootOf(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "MicroFirmware.sln"))
            ? folder.FullName
            : RootOf(folder.Parent ?? throw new DirectoryNotFoundException("no MicroFirmware.sln above the tests"));
}
