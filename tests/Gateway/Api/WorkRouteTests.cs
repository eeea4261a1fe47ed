using System.Net;
using System.Net.Http.Json;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Gateway.Tests.Api;

public sealed class WorkRouteTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!;
    private TestBoard _board = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _board = await _gateway.EnrolAsync("board-1", connect: false);
    }

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    [Fact]
    public async Task Work_good_request_gets_a_signed_record_of_192_octets()
    {
        using HttpResponseMessage answer = await _board.AskAsync(counter: 77);
        byte[] octets = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(192, octets.Length);
        Assert.Equal(192, answer.Content.Headers.ContentLength);
        Assert.Equal(ParseStatus.Done, WorkRecord.Parse(octets, 0, octets.Length, out WorkRecord work));
        Assert.True(WorkRecord.IsAuthentic(octets, 0, Storage.TestStore.Key, "board-1"));
        Assert.Equal((77UL, true, 1U), (work.Counter, work.CleanJobs, work.Height));
        Assert.Equal((0U, uint.MaxValue), (work.FirstNonce, work.LastNonce));
    }

    [Fact]
    public async Task Work_asked_for_twice_comes_in_two_lanes()
    {
        WorkRecord first = await _board.FetchAsync();
        WorkRecord second = await _board.FetchAsync();

        Assert.Equal(first.JobId, second.JobId);
        Assert.NotEqual(first.Lane, second.Lane);
        Assert.NotEqual(first.Header, second.Header);
    }

    [Fact]
    public async Task Work_counter_sent_before_is_refused_with_the_floor()
    {
        await _board.AskAsync(counter: 9);

        await AssertRefusedAsync(await _board.AskAsync(counter: 9), HttpStatusCode.Conflict,
            RefusalCode.CounterReplayed, floor: 9);
    }

    [Fact]
    public async Task Work_wrong_key_is_refused() => await AssertRefusedAsync(
        await _board.AskAsync(withKey: new byte[32]), HttpStatusCode.Unauthorized, RefusalCode.BadMac);

    [Fact]
    public async Task Work_revoked_device_is_refused()
    {
        await _gateway.Host.RevokeAsync("board-1");

        await AssertRefusedAsync(await _board.AskAsync(), HttpStatusCode.Forbidden, RefusalCode.Revoked);
    }

    [Fact]
    public async Task Work_no_job_is_refused_with_a_time_to_wait()
    {
        await using RunningGateway idle = await RunningGateway.StartAsync(blockWork: 0);
        await using TestBoard board = await idle.EnrolAsync("board-1", connect: false);

        Refusal refusal = await AssertRefusedAsync(
            await board.AskAsync(), HttpStatusCode.ServiceUnavailable, RefusalCode.NoWork, floor: (1UL << 32) + 1);

        Assert.InRange(refusal.RetryAfterSeconds, 1, 60);
    }

    [Fact]
    public async Task Work_unknown_device_is_refused_without_a_signature()
    {
        Credential credential = Credential.ForWork("stranger", 1, Storage.TestStore.Key);
        using HttpResponseMessage answer = await _board.AskAsync(credential.ToHttp());
        byte[] record = Convert.FromHexString(answer.Headers.GetValues(Refusal.HeaderName).Single());

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(new byte[Limits.MacLength], record[^Limits.MacLength..]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Micro")]
    [InlineData("Micro board-1")]
    [InlineData("Basic Zm9vOmJhcg==")]
    [InlineData("Micro board-1:zzzzzzzzzzzzzzzz:00")]
    [InlineData("Micro board-1:0000000000000001:00")]
    public async Task Work_malformed_credential_is_told_the_form(string authorization)
    {
        using HttpResponseMessage answer = await _board.AskAsync(authorization);
        ProblemDetails? problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>();

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Authorization: Micro", problem!.Detail);
    }

    private static async Task<Refusal> AssertRefusedAsync(
        HttpResponseMessage answer, HttpStatusCode status, RefusalCode code, ulong floor = 0)
    {
        byte[] record = Convert.FromHexString(answer.Headers.GetValues(Refusal.HeaderName).Single());
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(ParseStatus.Done, Refusal.Parse(record, 0, record.Length, out Refusal refusal));
        Assert.True(Refusal.IsAuthentic(record, 0, Storage.TestStore.Key, "board-1"));
        Assert.Equal((code, floor), (refusal.Code, refusal.CounterFloor));
        answer.Dispose();
        return refusal;
    }
}
