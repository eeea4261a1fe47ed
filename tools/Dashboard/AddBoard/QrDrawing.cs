using System.Globalization;
using System.Text;
using QRCoder;

namespace MicroFirmware.Dashboard.AddBoard;

/// <summary>A QR code as one path of an SVG (ISO/IEC 18004), of modules one unit wide.</summary>
internal sealed class QrDrawing
{
    /// <summary>Draws a text, with its quiet zone.</summary>
    public QrDrawing(string text)
    {
        using QRCodeData code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        Size = code.ModuleMatrix.Count;
        StringBuilder path = new();
        for (int y = 0; y < Size; y++)
        {
            DrawRow(code, y, path);
        }

        Path = path.ToString();
    }

    /// <summary>Modules of a side.</summary>
    public int Size { get; }

    /// <summary>The dark ones.</summary>
    public string Path { get; }

    /// <summary>A run of dark modules is one rectangle: a third of the octets, and no seams between them.</summary>
    private void DrawRow(QRCodeData code, int y, StringBuilder path)
    {
        for (int x = 0; x < Size; x++)
        {
            int start = x;
            while (x < Size && code.ModuleMatrix[y][x])
            {
                x++;
            }

            if (x > start)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
            }
        }
    }
}
