namespace MicroFirmware.Gateway.Api;

/// <summary>Stands at a route whose answer is a page of a list; the OpenAPI document says it.</summary>
/// <param name="Usual">Entries of a page unless the request says how many.</param>
/// <param name="Most">Entries of a page at most.</param>
internal sealed record PageSize(int Usual, int Most);
