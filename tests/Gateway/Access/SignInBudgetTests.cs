using System.Net;
using MicroFirmware.Gateway.Access;

namespace MicroFirmware.Gateway.Tests.Access;

public sealed class SignInBudgetTests
{
    private static readonly IPAddress s_home = IPAddress.Parse("10.0.0.1");

    private readonly ManualTime _time = new();
    private readonly SignInBudget _budget;

    public SignInBudgetTests() => _budget = new SignInBudget(new GatewayClock(_time));

    [Fact]
    public void Wait_doubles_up_to_a_quarter_of_an_hour()
    {
        List<double> waits = [];
        for (int i = 0; i < 12; i++)
        {
            TimeSpan wait = _budget.Begin("maria", Address(i));
            if (wait > TimeSpan.Zero)
            {
                waits.Add(wait.TotalSeconds);
                _time.Advance(wait);
                Assert.Equal(TimeSpan.Zero, _budget.Begin("maria", Address(i)));
            }
        }

        Assert.Equal([30, 60, 120, 240, 480, 900, 900], waits);
    }

    [Fact]
    public void Wait_is_told_to_the_second()
    {
        Fail("maria", SignInBudget.FreeOfName);
        _time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal(TimeSpan.FromSeconds(18), _budget.Begin("maria", s_home));
    }

    [Fact]
    public void Attempts_at_once_count_before_any_is_decided()
    {
        TimeSpan[] waits = [.. Enumerable.Range(0, 100).Select(i => _budget.Begin("maria", Address(i)))];

        Assert.Equal(SignInBudget.FreeOfName, waits.Count(wait => wait == TimeSpan.Zero));
    }

    [Fact]
    public void Address_that_tries_many_names_waits()
    {
        for (int i = 0; i < SignInBudget.FreeOfAddress; i++)
        {
            Assert.Equal(TimeSpan.Zero, _budget.Begin($"name-{i}", s_home));
        }

        Assert.True(_budget.Begin("another", s_home) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _budget.Begin("another", IPAddress.Parse("10.0.0.2")));
    }

    [Fact]
    public void Right_password_forgets_the_name_and_only_its_own_attempt_of_the_address()
    {
        Fail("guest", SignInBudget.FreeOfName - 1);
        Fail("maria", 1);
        _budget.Succeed("maria", s_home);

        Fail("guest", 1);
        Assert.True(_budget.Begin("guest", s_home) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, _budget.Begin("maria", s_home));
    }

    [Fact]
    public void Failures_are_forgotten_after_an_hour()
    {
        Fail("maria", SignInBudget.FreeOfName - 1);
        _time.Advance(SignInBudget.Memory);
        Fail("maria", SignInBudget.FreeOfName - 1);

        Assert.Equal(TimeSpan.Zero, _budget.Begin("maria", s_home));
    }

    [Fact]
    public void Budget_of_very_many_names_is_bounded_and_does_not_forget_who_is_locked()
    {
        for (int i = 0; i < SignInBudget.FreeOfName; i++)
        {
            _budget.Begin("maria", Address(i));
        }

        for (int i = 0; i < 10_000; i++)
        {
            _budget.Begin($"n{i}", Address(i));
        }

        Assert.True(_budget.Begin("maria", IPAddress.Parse("192.168.0.1")) > TimeSpan.Zero);
    }

    private void Fail(string name, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.Equal(TimeSpan.Zero, _budget.Begin(name, s_home));
        }
    }

    private static IPAddress Address(int i) => new([11, 0, (byte)(i >> 8), (byte)i]);
}
