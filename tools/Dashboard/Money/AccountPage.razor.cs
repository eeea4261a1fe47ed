using System.Globalization;
using MicroFirmware.Dashboard.Parts;
using MicroFirmware.Gateway.Api;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Ledger.Book;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Dashboard.Money;

/// <summary>An account: what is on it, where it is paid, and every entry.</summary>
public sealed partial class AccountPage
{
    private const int RowsAtOnce = 50;
    private const decimal MsatPerSat = 1_000;

    // Most payments take a tenth of a second; what takes longer is followed on the page of payouts.
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(10);

    private ProblemDetails? _why;
    private string? _said;

    /// <summary>The account's name, from the address.</summary>
    [SupplyParameterFromQuery]
    public string? Name { get; set; }

    /// <summary>The entry to begin with, from the address.</summary>
    [SupplyParameterFromQuery]
    public long? Before { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private Balance? Account =>
        Name is not null && Ledger.Find(Name) is { Account.Unit: LedgerUnit.MilliSatoshi } found ? found : null;

    private AccountTarget? Target => Targets.Find(Name!);

    private PayoutStart Plan => Room.Plan(Name!, null, null, PayoutRecord.Owner);

    private IReadOnlyList<StatementLine> Lines => Ledger.Statement(Name!, Before, RowsAtOnce);

    private string Address => PayoutWords.AddressOf(Name!);

    private static string MsatText(long msat) =>
        (msat / MsatPerSat).ToString("0.###", CultureInfo.InvariantCulture);

    private void SetTarget()
    {
        IFormCollection form = Context.Request.Form;
        string threshold = form["threshold"].ToString().Trim();
        long? msat = MsatQuantity.Read(threshold);
        if (form["remove"].Count > 0)
        {
            Targets.Remove(Name!);
            Here.NavigateTo(Address);
        }
        else if (threshold.Length > 0 && msat is null)
        {
            Refuse(ApiProblem.BadParameter("threshold", "satoshi above 0, such as 500 or 0.021"));
        }
        else
        {
            PayoutFault fault = Targets.Set(
                Name!, form["target"].ToString(), msat, TargetBook.ByOwner, out string problem);
            if (fault == PayoutFault.None)
            {
                Here.NavigateTo(Address);
            }
            else
            {
                Refuse(ApiProblem.Of(fault, problem));
            }
        }
    }

    private async Task PayAsync()
    {
        IFormCollection form = Context.Request.Form;
        (string amount, string to) = (form["amount"].ToString().Trim(), form["to"].ToString().Trim());
        long? msat = MsatQuantity.Read(amount);
        bool isTrial = form["trial"].Count > 0;
        if (amount.Length > 0 && msat is null)
        {
            Refuse(ApiProblem.BadParameter("amount", "satoshi above 0, such as 500 or 0.021"));
            return;
        }

        PayoutStart start = Room.Begin(Name!, to.Length > 0 ? to : null, msat, isTrial, PayoutRecord.Owner);
        if (start.Payout is not { } payout)
        {
            Refuse(ApiProblem.Of(start.Fault, start.Detail));
        }
        else if (payout.Id == 0)
        {
            _said = $"{MsatQuantity.Of(payout.AmountMsat)} would be paid to {PayoutWords.Short(payout.Target)}. "
                + "Nothing was sent.";
        }
        else
        {
            await Room.WaitAsync(payout, s_wait, Context.RequestAborted);
            Here.NavigateTo("/money/payouts");
        }
    }

    private void Refuse(ProblemDetails problem)
    {
        Context.Response.StatusCode = problem.Status ?? StatusCodes.Status400BadRequest;
        _why = problem;
    }
}
