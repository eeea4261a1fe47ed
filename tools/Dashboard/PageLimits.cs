using Microsoft.AspNetCore.Http.Metadata;

namespace MicroFirmware.Dashboard;

/// <summary>How large a form may be: more than a board's request, far less than would hurt.</summary>
internal sealed class PageLimits : IRequestSizeLimitMetadata
{
    /// <summary>Octets of a form.</summary>
    public long? MaxRequestBodySize => 64 * 1024;
}
