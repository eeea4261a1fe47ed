using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Ledger.Rewards;

/// <summary>Work of a device that is to be booked.</summary>
/// <param name="Device">The device, as <see cref="Account.NameOf"/> writes it.</param>
/// <param name="Payee">The account that earns by it.</param>
/// <param name="Work">Expected hashes to add, 1 or more.</param>
/// <param name="Total">All the work of the device that is then booked.</param>
/// <param name="PaidBefore">Expected hashes of the device that the tariff was paid for before.</param>
public readonly record struct ProvenWork(string Device, Account Payee, long Work, Int128 Total, Int128 PaidBefore);
