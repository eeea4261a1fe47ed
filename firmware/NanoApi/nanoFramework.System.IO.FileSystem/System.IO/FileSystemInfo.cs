namespace System.IO
{
    public abstract class FileSystemInfo : MarshalByRefObject
    {
        protected extern FileSystemInfo();

        public extern FileAttributes Attributes { get; }
        public extern string FullName { get; }
        public extern string Extension { get; }
        public virtual extern bool Exists { get; }
        public virtual extern string Name { get; }

        public abstract void Delete();
        public extern void Refresh();
        protected abstract void HandleRefreshError();
    }
}
