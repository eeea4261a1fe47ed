using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Bench.Stratum;

/// <summary>A Bitcoin node as its client sees it, without a socket: getblocktemplate with long-poll, whose answers are
/// JSON with as many transactions as a full block has. It finds a block when it is told to.</summary>
internal sealed class FakeNode : HttpMessageHandler
{
    private const int Transactions = 1_500;
    private const int PaddingOctets = 250;

    private readonly Lock _sync = new();
    private readonly JsonArray _transactions = MakeTransactions();
    private TaskCompletionSource<string> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _current;
    private string _prepared;
    private int _height = 1;

    public FakeNode()
    {
        _current = MakeAnswer(_height);
        _prepared = MakeAnswer(_height + 1);
    }

    /// <summary>There is a new block: every long-poll is answered.</summary>
    public void FindBlock()
    {
        TaskCompletionSource<string> waiting;
        lock (_sync)
        {
            _height++;
            _current = _prepared;
            (waiting, _next) = (_next, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.SetResult(_current);
    }

    /// <summary>Writes the next answer, so that this does not count.</summary>
    public void Prepare() => _prepared = MakeAnswer(_height + 1);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = await request.Content!.ReadAsStringAsync(cancellationToken);
        using JsonDocument call = JsonDocument.Parse(body);
        JsonElement asked = call.RootElement.GetProperty("params")[0];
        Task<string> answer;
        lock (_sync)
        {
            bool isNews = !asked.TryGetProperty("longpollid", out JsonElement known)
                || known.GetString() != $"{_height}";
            answer = isNews ? Task.FromResult(_current) : _next.Task;
        }

        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(await answer.WaitAsync(cancellationToken), Encoding.UTF8, "application/json"),
        };
    }

    private static JsonArray MakeTransactions()
    {
        JsonArray all = [];
        for (int i = 0; i < Transactions; i++)
        {
            TransactionInput input = new(
                new OutPoint(Sha256d.Hash(BitConverter.GetBytes(i)), 0), new byte[PaddingOctets], uint.MaxValue);
            Transaction transaction = new(2, [input], [new TransactionOutput(1, [0x51])], 0);
            all.Add(new JsonObject
            {
                ["data"] = Convert.ToHexStringLower(transaction.ToOctets()),
                ["txid"] = transaction.Txid.ToString(),
                ["hash"] = transaction.Wtxid.ToString(),
            });
        }

        return all;
    }

    private string MakeAnswer(int height) => new JsonObject
    {
        ["result"] = new JsonObject
        {
            ["version"] = 0x2000_0000,
            ["previousblockhash"] = Sha256d.Hash(BitConverter.GetBytes(height)).ToString(),
            ["transactions"] = _transactions.DeepClone(),
            ["coinbasevalue"] = 50 * (long)Consensus.Coin,
            ["curtime"] = 1_800_000_000 + height,
            ["bits"] = "1d00ffff",
            ["height"] = height,
            ["longpollid"] = $"{height}",
        },
        ["error"] = null,
    }.ToJsonString();
}
