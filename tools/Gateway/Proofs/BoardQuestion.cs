using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>One board's part in an inquiry.</summary>
internal sealed class BoardQuestion(Device device, ulong id, byte[] task, DateTimeOffset until)
{
    /// <summary>Who is asked.</summary>
    public Device Device => device;

    /// <summary>The task's id.</summary>
    public ulong Id => id;

    /// <summary>The task as it was sent.</summary>
    public byte[] Task => task;

    /// <summary>Until when an answer counts.</summary>
    public DateTimeOffset Until => until;

    /// <summary>Whether there is an answer, or none is waited for any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether the answer was compared with the truth.</summary>
    public bool IsJudged { get; set; }

    /// <summary>What it found; null without an answer.</summary>
    public ProofOutcome? Result { get; set; }

    /// <summary>The finding's octets.</summary>
    public byte[] Finding { get; set; } = [];

    /// <summary>As an attestation has it.</summary>
    public BoardFinding ToFinding() => new(device.Id, id.ToString("x16"), Convert.ToHexStringLower(Finding));
}
