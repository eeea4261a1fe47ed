using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Gateway.Api;

/// <summary>Which part of a list a request asks for.</summary>
internal interface IPageChoice
{
    /// <summary>What is wrong with it; null for nothing.</summary>
    /// <param name="most">How many a page may hold.</param>
    ProblemDetails? Refuse(int most);
}
