namespace MicroFirmware.Gateway.Proofs;

/// <summary>What one board found, as an attestation has it.</summary>
/// <param name="Device">The board.</param>
/// <param name="Task">Its task's id, 16 hexadecimal digits.</param>
/// <param name="Finding">Its finding with the board's tag, 128 hexadecimal digits.</param>
public sealed record BoardFinding(string Device, string Task, string Finding);
