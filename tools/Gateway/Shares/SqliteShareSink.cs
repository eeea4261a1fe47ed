using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Shares;

/// <summary>
/// Shares in this process's database. The table's key, device and sequence, is the only memory of what was answered: a
/// share that is there already is not written again, and its sender gets the verdict that is there, whether the gateway
/// was restarted in between or not.
/// </summary>
internal sealed class SqliteShareSink(GroupCommit store) : IShareSink
{
    public bool HasRoom => store.HasRoom;

    public void Append(JudgedShare share) => store.Append(new Entry(share));

    public void Append(RefusedMessage message) => store.Append(new Count(message));

    private sealed class Count(RefusedMessage message) : StoreEntry
    {
        public override void Write(StoreWriter writer) =>
            writer.Count(message.Device.Number, DeviceTotals.Of(message.Code, 0, 0));

        public override void Committed() => message.Settle();

        public override void Abandoned() => message.Receipt.Withhold();
    }

    private sealed class Entry(JudgedShare share) : StoreEntry
    {
        public override void Write(StoreWriter writer)
        {
            ShareRecord record = share.Share;
            writer.InsertShare.Bind(1, share.Device.Number).Bind(2, (long)record.Sequence).Bind(3, (int)share.Code)
                .Bind(4, (long)share.Work).Bind(5, share.ReceivedUnixMs).Bind(6, (long)record.JobId)
                .Bind(7, record.Nonce).Bind(8, record.NTime).Bind(9, record.HeaderVersion).Run();
            if (writer.LastRunChangedRows)
            {
                writer.Count(share.Device.Number, share.Totals);
            }
            else
            {
                Recall(writer.FindShare.Bind(1, share.Device.Number).Bind(2, (long)record.Sequence));
            }
        }

        public override void Committed() => share.Settle();

        public override void Abandoned() => share.Abandon();

        private void Recall(Statement row)
        {
            while (row.Read())
            {
                share.Repeat((VerdictCode)row.Int64(0), (ulong)row.Int64(1));
            }
        }
    }
}
